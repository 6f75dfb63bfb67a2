"""Cases played through the real office: one bundle now, a programme's year later."""
