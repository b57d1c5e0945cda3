"""What the ear's model learns from and how: sentences (`corpus`), as hurried thumbs type them (`hurried`), the network
(`learning`), its limits (`training`), and its file (`model_file`), which alone the bot reads.
"""
