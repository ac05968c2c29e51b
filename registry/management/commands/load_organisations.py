from registry.importers import ORGANISATIONS
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load organisations from a CSV file."
    kinds = (ORGANISATIONS,)
