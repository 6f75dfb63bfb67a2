"""What people state and the law weighs: the application, the request for authorization, the utilization review
decision.

Plain frozen dataclasses. The JSON Schemas in `docs/schemas/` are generated from them, and the case bundle is read into
them, so the docstring under a field is what a person sees who asks what the field is for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Means(StrEnum):
    """How a paper reached somebody; the law extends time by it."""

    PERSONAL = "personal"
    MAIL = "mail"
    FAX = "fax"
    ELECTRONIC = "electronic"


class UrType(StrEnum):
    """Whether the utilization review, and so the dispute, is regular or expedited."""

    REGULAR = "regular"
    EXPEDITED = "expedited"


class UrKind(StrEnum):
    """When the review took place relative to the treatment."""

    PROSPECTIVE = "prospective"
    CONCURRENT = "concurrent"
    RETROSPECTIVE = "retrospective"


class UrOutcome(StrEnum):
    """What utilization review did with one requested item."""

    APPROVED = "approved"
    MODIFIED = "modified"
    DENIED = "denied"
    DELAYED = "delayed"


class UrBasis(StrEnum):
    """Why it did so. Only medical necessity leads to independent medical review."""

    MEDICAL_NECESSITY = "medical_necessity"
    MISSING_INFORMATION = "missing_information"
    LIABILITY = "liability"
    OTHER = "other"


class FiledBy(StrEnum):
    """Who files the application."""

    EMPLOYEE = "employee"
    ATTORNEY = "attorney"
    REPRESENTATIVE = "representative"
    REQUESTING_PHYSICIAN = "requesting_physician"
    EMERGENCY_PROVIDER = "emergency_provider"
    EMPLOYER = "employer"
    CLAIMS_ADMINISTRATOR = "claims_administrator"


class PartyRole(StrEnum):
    """A party to the case, or somebody whose ties are screened for conflicts."""

    EMPLOYEE = "employee"
    ATTORNEY = "attorney"
    REPRESENTATIVE = "representative"
    REQUESTING_PHYSICIAN = "requesting_physician"
    CLAIMS_ADMINISTRATOR = "claims_administrator"
    EMPLOYER = "employer"
    INSURER = "insurer"
    UR_ORGANISATION = "ur_organisation"
    UR_REVIEWER = "ur_reviewer"
    PROVIDER = "provider"
    FACILITY = "facility"
    MANUFACTURER = "manufacturer"
    ALTERNATIVE_MANUFACTURER = "alternative_manufacturer"
    ALTERNATIVE_FACILITY = "alternative_facility"
    NETWORK = "network"
    FAMILY = "family"


@dataclass(frozen=True, kw_only=True)
class Address:
    """A postal address. Its state decides by how much service by mail extends time."""

    street: str
    city: str
    state: str
    zip: str
    country: str = "US"

    def lines(self) -> tuple[str, ...]:
        """The address as it is printed, a line each."""
        last = f"{self.city}, {self.state} {self.zip}"
        return (self.street, last) if self.country == "US" else (self.street, last, self.country)


@dataclass(frozen=True, kw_only=True)
class Employee:
    """The injured worker, as on DWC Form IMR (8 CCR 9792.10.2). What the form leaves blank is empty or absent here; the
    law of the programme says what an application cannot lack."""

    first_name: str
    last_name: str
    address: Address
    phone: str = ""
    date_of_birth: date | None = None
    claim_number: str = ""
    date_of_injury: date | None = None
    employer_name: str = ""
    middle_initial: str | None = None
    email: str | None = None
    eams_case_number: str | None = None
    wcis_claim_number: str | None = None

    @property
    def name(self) -> str:
        """First name, initial, last name."""
        initial = f" {self.middle_initial}." if self.middle_initial else ""
        return f"{self.first_name}{initial} {self.last_name}"


@dataclass(frozen=True, kw_only=True)
class Attorney:
    """The employee's attorney, if there is one."""

    name: str
    firm: str
    address: Address
    phone: str
    fax: str | None = None
    email: str | None = None
    proof_of_representation_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RequestingPhysician:
    """The physician who asked for the treatment."""

    first_name: str
    last_name: str
    address: Address
    profession: str = ""
    specialty: str = ""
    practice_name: str = ""
    phone: str = ""
    fax: str | None = None

    @property
    def name(self) -> str:
        """Name with the profession's letters, as it is printed."""
        letters = f", {self.profession}" if self.profession else ""
        return f"{self.first_name} {self.last_name}{letters}"


@dataclass(frozen=True, kw_only=True)
class ClaimsAdministrator:
    """Insurer, self-insured employer or third-party administrator who answers for the claim."""

    company: str
    address: Address
    contact_name: str = ""
    phone: str = ""
    fax: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class OtherParty:
    """Somebody who gets no notice but whose ties to a reviewer matter (LAW: conflict of interest)."""

    role: PartyRole
    name: str
    identifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestedItem:
    """One service or good on the request for authorization."""

    number: int
    text: str
    diagnosis: str
    icd10: str | None = None
    procedure_code: str | None = None
    quantity: str | None = None
    frequency: str | None = None
    duration: str | None = None


@dataclass(frozen=True, kw_only=True)
class RequestForAuthorization:
    """The treating physician's request (DWC Form RFA)."""

    dated: date
    recommended_on: date
    received_on: date
    means: Means
    expedited: bool
    items: tuple[RequestedItem, ...]


@dataclass(frozen=True, kw_only=True)
class ProofOfService:
    """Who swears that a paper was sent, how, when and to whom."""

    served_on: date
    means: Means
    declarant: str
    served_at: Address


@dataclass(frozen=True, kw_only=True)
class UrReviewer:
    """The physician who made the utilization review decision."""

    name: str
    profession: str = ""
    specialty: str = ""
    licence_state: str = ""
    licence_number: str = ""


@dataclass(frozen=True, kw_only=True)
class UrItem:
    """What utilization review did with one requested item."""

    number: int
    request: str
    outcome: UrOutcome
    basis: UrBasis
    guideline: str = ""
    reason: str = ""
    authorized: str | None = None
    """The part that was authorized, where the request was modified."""
    disputed: str | None = None
    """The part that was not: what is left for independent medical review. Absent means the whole request."""
    formulary_drug: bool = False
    """Whether the dispute is about a drug under the formulary, which has its own clocks."""


@dataclass(frozen=True, kw_only=True)
class UrDecision:
    """The written utilization review decision (Lab. Code 4610), as structured facts beside its paper."""

    organisation: str
    kind: UrKind
    type: UrType
    decided_on: date
    service: ProofOfService
    reviewer: UrReviewer
    items: tuple[UrItem, ...]
    imr_form_enclosed: bool
    information_requested_on: date | None = None
    """When the physician was asked for more, if so."""
    found_untimely_by_judge: bool = False


@dataclass(frozen=True, kw_only=True)
class LiabilityDispute:
    """The claims administrator also refuses for a reason other than medical necessity."""

    raised_on: date
    ground: str
    resolved_notice: ProofOfService | None = None
    review_agreed_on: date | None = None
    """When the claims administrator agreed to a review on necessity although liability is disputed."""
    items: tuple[int, ...] = ()
    """Their numbers in the decision, where only some are disputed so; none means all."""


@dataclass(frozen=True, kw_only=True)
class DisputedEntry:
    """One service or good that the applicant disputes, with its number in the utilization review decision."""

    ur_item: int
    text: str


@dataclass(frozen=True, kw_only=True)
class DisputedTreatment:
    """The form's block on what is disputed."""

    primary_diagnosis: str
    ur_determination_date: date
    items: tuple[DisputedEntry, ...]
    icd10: str | None = None
    liability_dispute: LiabilityDispute | None = None
    denied_for_missing_information: bool = False


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Request for review and consent to obtain medical records."""

    signed_by: FiledBy
    signed_on: date
    requests_review: bool
    consents_to_records: bool


@dataclass(frozen=True, kw_only=True)
class Designation:
    """Authorized Representative Designation (page 2 of the form). Signed before the UR decision it is void."""

    name: str
    relation: str
    employee_signed_on: date
    representative_signed_on: date
    address: Address | None = None


@dataclass(frozen=True, kw_only=True)
class Filing:
    """How and when the application arrived. What counts is receipt, not posting."""

    filed_by: FiledBy
    means: Means
    received_on: date
    ur_decision_attached: bool
    copied_to_claims_administrator_on: date | None = None
    threat_certified_by_physician: bool = False
    """An expedited application needs the treating physician's certification of an imminent and serious threat."""


@dataclass(frozen=True, kw_only=True)
class Application:
    """DWC Form IMR (8 CCR 9792.10.2), complete: LAW 1.4."""

    ur_type: UrType
    employee: Employee
    requesting_physician: RequestingPhysician
    claims_administrator: ClaimsAdministrator
    disputed: DisputedTreatment
    filing: Filing
    signature: Signature | None = None
    attorney: Attorney | None = None
    designation: Designation | None = None
    modification_after_internal_appeal: bool = False
    collectively_bargained_programme: bool = False
    """A claim under a carve-out (alternative dispute resolution by collective bargaining) is outside this process."""


@dataclass(frozen=True, kw_only=True)
class EarlierReview:
    """An earlier determination on the same treatment of the same employee; it may bar a new one for a time."""

    case_number: str
    treatment: str
    decided_on: date
    requesting_physician: str
    practice_name: str
    same_ur_decision: bool = False
    changed_facts_documented: bool = False
