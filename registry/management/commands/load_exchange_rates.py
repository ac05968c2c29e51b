from registry.importers import EXCHANGE_RATES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load customs exchange rates from a CSV file."
    kinds = (EXCHANGE_RATES,)
