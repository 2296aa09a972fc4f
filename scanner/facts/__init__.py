"""What is known of a target, one frozen and typed row a fact; a Windows fact carries its query."""
