"""Turn a pasted thread of expert answers into tables, notebooks and slide-ready charts."""
