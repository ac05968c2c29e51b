from registry.importers import SITES
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load sites from a CSV file; a new one is opened with the places that every site has."
    kinds = (SITES,)
