from registry.importers import COUNTRY_GROUP_MEMBERS
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load which countries belong to which groups from a CSV file."
    kinds = (COUNTRY_GROUP_MEMBERS,)
