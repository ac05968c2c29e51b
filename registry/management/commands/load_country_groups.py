from registry.importers import COUNTRY_GROUPS
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load country groups from a CSV file."
    kinds = (COUNTRY_GROUPS,)
