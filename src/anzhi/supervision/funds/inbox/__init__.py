"""The inbox folder: files that banks drop are taken as they arrive, then lie under done/ or refused/."""
