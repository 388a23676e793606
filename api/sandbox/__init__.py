"""Strangers' queries: answered in processes that the kernel bounds and that can be killed.

`zygote` holds the data and forks workers; `worker` bounds itself and answers by `evaluation`;
`herd`, `lanes` and `pool` are the side of the web process, which never sees an engine.
"""
