-- The people of an organisation hold only the roles of its kind: as registry.models.people.ROLES_OF_KIND, which a test
-- holds this to. Each side is looked at under a lock of the organisation, so that a role and a new kind cannot pass
-- beside each other.

CREATE FUNCTION registry_role_fits_kind(role text, kind text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT role IN ('administrator', 'auditor')
        OR role = 'operator' AND kind IN ('zone_operator', 'warehouse_keeper', 'fuel_supplier', 'maintenance',
                                          'goods_owner', 'carrier')
        OR role = 'supervisor' AND kind IN ('zone_operator', 'warehouse_keeper', 'fuel_supplier', 'maintenance')
        OR role = 'airline' AND kind = 'airline'
        OR role = 'customs_officer' AND kind = 'customs_office'
$$;
COMMENT ON FUNCTION registry_role_fits_kind IS 'Whether people of an organisation of the kind may hold the role.';

CREATE FUNCTION registry_check_membership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    found text;
BEGIN
    SELECT kind INTO found FROM registry_organisation WHERE id = NEW.organisation_id FOR SHARE;
    IF NOT registry_role_fits_kind(NEW.role, found) THEN
        RAISE EXCEPTION 'nobody is % in an organisation of the kind %', NEW.role, found
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_role_by_kind';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION registry_check_membership IS 'Refuses a role that people of such an organisation do not hold.';

CREATE FUNCTION registry_check_kind() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM registry_membership
               WHERE organisation_id = NEW.id AND NOT registry_role_fits_kind(role, NEW.kind)) THEN
        RAISE EXCEPTION 'people of organisation % hold roles that the kind % does not have', NEW.id, NEW.kind
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_role_by_kind';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION registry_check_kind IS 'Refuses a kind of organisation that does not have the roles held in it.';

CREATE TRIGGER role_fits_kind BEFORE INSERT OR UPDATE OF role, organisation_id ON registry_membership
    FOR EACH ROW EXECUTE FUNCTION registry_check_membership();
CREATE TRIGGER kind_fits_roles BEFORE UPDATE OF kind ON registry_organisation
    FOR EACH ROW WHEN (OLD.kind IS DISTINCT FROM NEW.kind) EXECUTE FUNCTION registry_check_kind();
