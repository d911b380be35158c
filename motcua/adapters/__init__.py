"""What touches the outside world: files, clocks, senders."""
