"""The addresses of admissions in the API beside those of every document."""

from bonded.acceptance import preview_admission
from bonded.api.serializers.acceptance import AdmissionPreviewSerializer
from bonded.api.views.acceptance import acceptance_of
from documents.api.documents import DocumentResource


class AdmissionResource(DocumentResource):
    acceptance = acceptance_of(preview_admission, AdmissionPreviewSerializer)
