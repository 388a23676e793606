"""What stands between the network and the routes: limits, caching, headers, logs, figures."""
