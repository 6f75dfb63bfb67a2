"""Pages of signing in, of one's own account, and of everybody's accounts for system administrators."""
