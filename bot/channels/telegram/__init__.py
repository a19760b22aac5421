"""Telegram as a channel: one bot account, private chats only."""
