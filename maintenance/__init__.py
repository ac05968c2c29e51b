"""Maintenance: parts, certificates, work orders, install and remove, cores and disposal. Not built yet."""
