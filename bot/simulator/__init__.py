"""A stand-in for Telegram's Bot API over HTTP, with a chat page: the demo, the scenario tests, chaos and the benchmark
all drive the real bot through it. Start reading at server.py; the core (world, delivery, limits, faults) takes time as an
argument and knows no network."""
