from registry.importers import ITEMS
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load items from a CSV file."
    kinds = (ITEMS,)
