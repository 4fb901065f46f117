"""What every reader of this room says when it cannot read: one sentence for the person who sent or received the file."""


class Unreadable(Exception):
    """The content cannot be read; the message is one plain sentence that says why."""
