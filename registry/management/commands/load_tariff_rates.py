from registry.importers import TARIFF_RATES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load tariff rates from a CSV file."
    kinds = (TARIFF_RATES,)
