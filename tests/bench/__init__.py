"""`make bench`: what a turn of ours costs against a stock aiogram echo bot. How it is measured stands in `__main__`."""
