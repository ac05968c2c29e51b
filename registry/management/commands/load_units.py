from registry.importers import DATA, UNITS
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load the units of measure; without a file those that come along."
    kinds = (UNITS,)
    default_folder = DATA
