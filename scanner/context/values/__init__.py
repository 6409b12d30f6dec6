"""What a value is by itself: random or words, a placeholder, a password that people choose."""
