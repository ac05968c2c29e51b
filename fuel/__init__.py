"""Bonded jet fuel: tanks, gauging, volume correction, consignments, tickets and reconciliation."""
