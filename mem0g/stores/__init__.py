"""Where ledger and facts are kept: implementations of `mem0g.ports.GraphStore`."""
