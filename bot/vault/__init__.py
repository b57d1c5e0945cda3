"""Keys and sealing: the server's key ring, a random key per chat and per case, tokens, passphrases, the audit's chain."""
