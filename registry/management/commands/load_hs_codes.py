from registry.importers import DATA, HS_CODES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load the Harmonized System; without a file the one that comes along."
    kinds = (HS_CODES,)
    default_folder = DATA
