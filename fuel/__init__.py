"""Fuel: tanks, gauging, volume correction, consignments, tickets, pricing and statements. Not built yet."""
