from registry.importers import PLACES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load bins, tanks and stores from a CSV file."
    kinds = (PLACES,)
