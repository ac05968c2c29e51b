from registry.importers import DATA, REFERENCE
from registry.management.loading import LoadCommand


class Command(LoadCommand):
    help = "Load what comes along: the Harmonized System and the units of measure."
    kinds = REFERENCE
    default_folder = DATA
