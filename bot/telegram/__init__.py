"""aiogram's one home: updates in, API calls out, the moderators' group."""
