"""Key ring, sealing, tokens for chat ids, passphrases, the audit chain. PyNaCl only."""
