"""What keeps an office running: preparing it, its worker, its demonstration, backups, and the doctor."""
