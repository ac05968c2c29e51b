from registry.importers import ZONES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load free trade zones from a CSV file."
    kinds = (ZONES,)
