"""The local hub: a stand-in for the Jobs API on loopback that really runs the commands as processes here."""
