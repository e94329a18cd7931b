"""One module for each way people talk to the bot. A handler says what the person wants, no more."""
