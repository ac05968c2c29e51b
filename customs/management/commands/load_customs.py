from customs.importers import CUSTOMS
from registry.management.commands.load_register import Command as LoadFolder


class Command(LoadFolder):
    help = "Load a folder of CSV files with guarantees and account books, in the right order, all or none."
    kinds = CUSTOMS
