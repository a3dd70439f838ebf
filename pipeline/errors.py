"""What may go wrong with a build."""


class BuildError(Exception):
    """A build cannot start or did not end well; the message is for the user."""
