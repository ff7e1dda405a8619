-- Written by bin/baseline from the models and the access matrix; not by hand.

-- roles

DO $$ BEGIN CREATE ROLE famai_login LOGIN NOINHERIT NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE famai_privileged LOGIN NOINHERIT NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE famai_public NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_public TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_public;
DO $$ BEGIN CREATE ROLE famai_auth NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_auth TO famai_privileged;
GRANT USAGE ON SCHEMA public TO famai_auth;
DO $$ BEGIN CREATE ROLE famai_owner NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_owner TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_owner;
DO $$ BEGIN CREATE ROLE famai_self NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_self TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_self;
DO $$ BEGIN CREATE ROLE famai_delegate NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_delegate TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_delegate;
DO $$ BEGIN CREATE ROLE famai_helper NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_helper TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_helper;
DO $$ BEGIN CREATE ROLE famai_provider NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_provider TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_provider;
DO $$ BEGIN CREATE ROLE famai_partner NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_partner TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_partner;
DO $$ BEGIN CREATE ROLE famai_firm NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_firm TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_firm;
DO $$ BEGIN CREATE ROLE famai_bureau NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_bureau TO famai_privileged;
GRANT USAGE ON SCHEMA public TO famai_bureau;
DO $$ BEGIN CREATE ROLE famai_operator NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_operator TO famai_privileged;
GRANT USAGE ON SCHEMA public TO famai_operator;
DO $$ BEGIN CREATE ROLE famai_client NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_client TO famai_login;
GRANT USAGE ON SCHEMA public TO famai_client;
DO $$ BEGIN CREATE ROLE famai_worker NOLOGIN NOBYPASSRLS; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT famai_worker TO famai_privileged;
GRANT USAGE ON SCHEMA public TO famai_worker;
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT oid::regprocedure FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'lo\_%' OR proname IN ('loread', 'lowrite'))
  LOOP BEGIN EXECUTE 'REVOKE ALL ON FUNCTION ' || f || ' FROM PUBLIC';
    EXCEPTION WHEN insufficient_privilege THEN NULL; END; END LOOP; END $$;

-- the scope of a unit of work

CREATE OR REPLACE FUNCTION app_firm() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.firm', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.person', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_bureau() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.bureau', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_provider() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.provider', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_partner() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.partner', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_station() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.station', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION app_token() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT nullif(current_setting('app.token', true), '')::text $$;
CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, statement_timestamp()) $$;

-- the job queue

-- Procrastinate Schema

DO $$
BEGIN
    CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog;
EXCEPTION
    WHEN OTHERS THEN
        -- On managed PostgreSQL services (e.g. Azure Database for PostgreSQL, Amazon RDS,
        -- Google Cloud SQL), CREATE EXTENSION may fail with various error codes:
        -- insufficient_privilege, feature_not_supported, or provider-specific errors.
        -- Before ignoring, verify the extension actually exists — if it does not exist
        -- and cannot be created, re-raise so the failure is explicit.
        IF EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'plpgsql') THEN
            RAISE NOTICE 'plpgsql extension already exists, skipping creation.';
        ELSE
            RAISE;
        END IF;
END;
$$;

-- Enums

CREATE TYPE procrastinate_job_status AS ENUM (
    'todo',  -- The job is queued
    'doing',  -- The job has been fetched by a worker
    'succeeded',  -- The job ended successfully
    'failed',  -- The job ended with an error
    'cancelled', -- The job was cancelled
    'aborting',  -- legacy, not used anymore since v3.0.0
    'aborted'  -- The job was aborted
);

CREATE TYPE procrastinate_job_event_type AS ENUM (
    'deferred',  -- Job created, in todo
    'started',  -- todo -> doing
    'deferred_for_retry',  -- doing -> todo
    'failed',  -- doing -> failed
    'succeeded',  -- doing -> succeeded
    'cancelled', -- todo -> cancelled
    'abort_requested', -- not a state transition, but set in a separate field
    'aborted', -- doing -> aborted (only allowed when abort_requested field is set)
    'scheduled', -- not a state transition, but recording when a task is scheduled for
    'retried' -- Manually retried failed job
);

-- Composite Types

CREATE TYPE procrastinate_job_to_defer_v1 AS (
    queue_name character varying,
    task_name character varying,
    priority integer,
    lock text,
    queueing_lock text,
    args jsonb,
    scheduled_at timestamp with time zone
);

-- Tables

CREATE TABLE procrastinate_workers(
    id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    last_heartbeat timestamp with time zone NOT NULL DEFAULT NOW()
);

CREATE TABLE procrastinate_jobs (
    id bigserial PRIMARY KEY,
    queue_name character varying(128) NOT NULL,
    task_name character varying(128) NOT NULL,
    priority integer DEFAULT 0 NOT NULL,
    lock text,
    queueing_lock text,
    args jsonb DEFAULT '{}' NOT NULL,
    status procrastinate_job_status DEFAULT 'todo'::procrastinate_job_status NOT NULL,
    scheduled_at timestamp with time zone NULL,
    attempts integer DEFAULT 0 NOT NULL,
    abort_requested boolean DEFAULT false NOT NULL,
    worker_id bigint REFERENCES procrastinate_workers(id) ON DELETE SET NULL,
    CONSTRAINT check_not_todo_abort_requested CHECK (NOT (status = 'todo' AND abort_requested = true))
);

CREATE TABLE procrastinate_periodic_defers (
    id bigserial PRIMARY KEY,
    task_name character varying(128) NOT NULL,
    defer_timestamp bigint,
    job_id bigint REFERENCES procrastinate_jobs(id) NULL,
    periodic_id character varying(128) NOT NULL DEFAULT '',
    CONSTRAINT procrastinate_periodic_defers_unique UNIQUE (task_name, periodic_id, defer_timestamp)
);

CREATE TABLE procrastinate_events (
    id bigserial PRIMARY KEY,
    job_id bigint NOT NULL REFERENCES procrastinate_jobs ON DELETE CASCADE,
    type procrastinate_job_event_type,
    at timestamp with time zone DEFAULT NOW() NULL
);

-- Constraints & Indices

-- this prevents from having several jobs with the same queueing lock in the "todo" state
CREATE UNIQUE INDEX procrastinate_jobs_queueing_lock_idx_v1 ON procrastinate_jobs (queueing_lock) WHERE status = 'todo';
-- this prevents from having several jobs with the same lock in the "doing" state
CREATE UNIQUE INDEX procrastinate_jobs_lock_idx_v1 ON procrastinate_jobs (lock) WHERE status = 'doing';

-- Index for select_stalled_jobs_by_heartbeat query
CREATE INDEX idx_procrastinate_jobs_worker_not_null ON procrastinate_jobs(worker_id) WHERE worker_id IS NOT NULL AND status = 'doing'::procrastinate_job_status;

CREATE INDEX procrastinate_jobs_queue_name_idx_v1 ON procrastinate_jobs(queue_name);
CREATE INDEX procrastinate_jobs_id_lock_idx_v1 ON procrastinate_jobs (id, lock) WHERE status = ANY (ARRAY['todo'::procrastinate_job_status, 'doing'::procrastinate_job_status]);
CREATE INDEX procrastinate_jobs_priority_idx_v1 ON procrastinate_jobs(priority desc, id asc) WHERE (status = 'todo'::procrastinate_job_status);

CREATE INDEX procrastinate_events_job_id_fkey_v1 ON procrastinate_events(job_id);

CREATE INDEX procrastinate_periodic_defers_job_id_fkey_v1 ON procrastinate_periodic_defers(job_id);

CREATE INDEX idx_procrastinate_workers_last_heartbeat ON procrastinate_workers(last_heartbeat);

-- Functions
CREATE FUNCTION procrastinate_defer_jobs_v1(
    jobs procrastinate_job_to_defer_v1[]
)
    RETURNS bigint[]
    LANGUAGE plpgsql
AS $$
DECLARE
    job_ids bigint[];
BEGIN
    WITH inserted_jobs AS (
        INSERT INTO procrastinate_jobs (queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at)
        SELECT (job).queue_name,
               (job).task_name,
               (job).priority,
               (job).lock,
               (job).queueing_lock,
               (job).args,
               (job).scheduled_at
        FROM unnest(jobs) AS job
        RETURNING id
    )
    SELECT array_agg(id) FROM inserted_jobs INTO job_ids;

    RETURN job_ids;
END;
$$;

CREATE FUNCTION procrastinate_defer_periodic_job_v2(
    _queue_name character varying,
    _lock character varying,
    _queueing_lock character varying,
    _task_name character varying,
    _priority integer,
    _periodic_id character varying,
    _defer_timestamp bigint,
    _args jsonb
)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
	_job_id bigint;
	_defer_id bigint;
BEGIN
    INSERT
        INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
        VALUES (_task_name, _periodic_id, _defer_timestamp)
        ON CONFLICT DO NOTHING
        RETURNING id into _defer_id;

    IF _defer_id IS NULL THEN
        RETURN NULL;
    END IF;

    UPDATE procrastinate_periodic_defers
        SET job_id = (
            SELECT COALESCE((
                SELECT unnest(procrastinate_defer_jobs_v1(
                    ARRAY[
                        ROW(
                            _queue_name,
                            _task_name,
                            _priority,
                            _lock,
                            _queueing_lock,
                            _args,
                            NULL::timestamptz
                        )
                    ]::procrastinate_job_to_defer_v1[]
                ))
            ), NULL)
        )
        WHERE id = _defer_id
        RETURNING job_id INTO _job_id;

    DELETE
        FROM procrastinate_periodic_defers
        USING (
            SELECT id
            FROM procrastinate_periodic_defers
            WHERE procrastinate_periodic_defers.task_name = _task_name
            AND procrastinate_periodic_defers.periodic_id = _periodic_id
            AND procrastinate_periodic_defers.defer_timestamp < _defer_timestamp
            ORDER BY id
            FOR UPDATE
        ) to_delete
        WHERE procrastinate_periodic_defers.id = to_delete.id;

    RETURN _job_id;
END;
$$;

CREATE FUNCTION procrastinate_fetch_job_v2(
    target_queue_names character varying[],
    p_worker_id bigint
)
    RETURNS procrastinate_jobs
    LANGUAGE plpgsql
AS $$
DECLARE
	found_jobs procrastinate_jobs;
BEGIN
    WITH candidate AS (
        SELECT jobs.*
            FROM procrastinate_jobs AS jobs
            WHERE
                -- reject the job if its lock has earlier or higher priority jobs
                NOT EXISTS (
                    SELECT 1
                        FROM procrastinate_jobs AS other_jobs
                        WHERE
                            jobs.lock IS NOT NULL
                            AND other_jobs.lock = jobs.lock
                            AND (
                                -- job with same lock is already running
                                other_jobs.status = 'doing'
                                OR
                                -- job with same lock is waiting and has higher priority (or same priority but was queued first)
                                (
                                    other_jobs.status = 'todo'
                                    AND (
                                        other_jobs.priority > jobs.priority
                                        OR (
                                        other_jobs.priority = jobs.priority
                                        AND other_jobs.id < jobs.id
                                        )
                                    )
                                )
                            )
                )
                AND jobs.status = 'todo'
                AND (target_queue_names IS NULL OR jobs.queue_name = ANY( target_queue_names ))
                AND (jobs.scheduled_at IS NULL OR jobs.scheduled_at <= now())
            ORDER BY jobs.priority DESC, jobs.id ASC LIMIT 1
            FOR UPDATE OF jobs SKIP LOCKED
    )
    UPDATE procrastinate_jobs
        SET status = 'doing', worker_id = p_worker_id
        FROM candidate
        WHERE procrastinate_jobs.id = candidate.id
        RETURNING procrastinate_jobs.* INTO found_jobs;

 RETURN found_jobs;
END;
$$;

CREATE FUNCTION procrastinate_finish_job_v1(job_id bigint, end_status procrastinate_job_status, delete_job boolean)
    RETURNS void
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF end_status NOT IN ('succeeded', 'failed', 'aborted') THEN
        RAISE 'End status should be either "succeeded", "failed" or "aborted" (job id: %)', job_id;
    END IF;
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = end_status,
            abort_requested = false,
            attempts = CASE status
                WHEN 'doing' THEN attempts + 1 ELSE attempts
            END
        WHERE id = job_id AND status IN ('todo', 'doing')
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" or "todo" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION procrastinate_cancel_job_v1(job_id bigint, abort boolean, delete_job boolean)
    RETURNS bigint
    LANGUAGE plpgsql
AS $$
DECLARE
    _job_id bigint;
BEGIN
    IF delete_job THEN
        DELETE FROM procrastinate_jobs
        WHERE id = job_id AND status = 'todo'
        RETURNING id INTO _job_id;
    END IF;
    IF _job_id IS NULL THEN
        IF abort THEN
            UPDATE procrastinate_jobs
            SET abort_requested = true,
                status = CASE status
                    WHEN 'todo' THEN 'cancelled'::procrastinate_job_status ELSE status
                END
            WHERE id = job_id AND status IN ('todo', 'doing')
            RETURNING id INTO _job_id;
        ELSE
            UPDATE procrastinate_jobs
            SET status = 'cancelled'::procrastinate_job_status
            WHERE id = job_id AND status = 'todo'
            RETURNING id INTO _job_id;
        END IF;
    END IF;
    RETURN _job_id;
END;
$$;

CREATE FUNCTION procrastinate_retry_job_v1(
    job_id bigint,
    retry_at timestamp with time zone,
    new_priority integer,
    new_queue_name character varying,
    new_lock character varying
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
BEGIN
    SELECT abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status = 'doing'
    FOR UPDATE
    INTO _abort_requested;
    IF _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or not in "doing" status (job id: %)', job_id;
    END IF;
END;
$$;

CREATE FUNCTION procrastinate_retry_job_v2(
    job_id bigint,
    retry_at timestamp with time zone,
    new_priority integer,
    new_queue_name character varying,
    new_lock character varying
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    _job_id bigint;
    _abort_requested boolean;
    _current_status procrastinate_job_status;
BEGIN
    SELECT status, abort_requested FROM procrastinate_jobs
    WHERE id = job_id AND status IN ('doing', 'failed')
    FOR UPDATE
    INTO _current_status, _abort_requested;
    IF _current_status = 'doing' AND _abort_requested THEN
        UPDATE procrastinate_jobs
        SET status = 'failed'::procrastinate_job_status
        WHERE id = job_id AND status = 'doing'
        RETURNING id INTO _job_id;
    ELSE
        UPDATE procrastinate_jobs
        SET status = 'todo'::procrastinate_job_status,
            attempts = attempts + 1,
            scheduled_at = retry_at,
            priority = COALESCE(new_priority, priority),
            queue_name = COALESCE(new_queue_name, queue_name),
            lock = COALESCE(new_lock, lock)
        WHERE id = job_id AND status IN ('doing', 'failed')
        RETURNING id INTO _job_id;
    END IF;

    IF _job_id IS NULL THEN
        RAISE 'Job was not found or has an invalid status to retry (job id: %)', job_id;
    END IF;

END;
$$;

CREATE FUNCTION procrastinate_notify_queue_job_inserted_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'job_inserted', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_notify_queue_abort_job_v1()
RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    payload TEXT;
BEGIN
    SELECT json_build_object('type', 'abort_job_requested', 'job_id', NEW.id)::text INTO payload;
	PERFORM pg_notify('procrastinate_queue_v1#' || NEW.queue_name, payload);
	PERFORM pg_notify('procrastinate_any_queue_v1', payload);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_status_events_insert_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'deferred'::procrastinate_job_event_type);
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_status_events_update_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    WITH t AS (
        SELECT CASE
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND NEW.status = 'doing'::procrastinate_job_status
                THEN 'started'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'deferred_for_retry'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'failed'::procrastinate_job_status
                THEN 'failed'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'succeeded'::procrastinate_job_status
                THEN 'succeeded'::procrastinate_job_event_type
            WHEN OLD.status = 'todo'::procrastinate_job_status
                AND (
                    NEW.status = 'cancelled'::procrastinate_job_status
                    OR NEW.status = 'failed'::procrastinate_job_status
                    OR NEW.status = 'succeeded'::procrastinate_job_status
                )
                THEN 'cancelled'::procrastinate_job_event_type
            WHEN OLD.status = 'doing'::procrastinate_job_status
                AND NEW.status = 'aborted'::procrastinate_job_status
                THEN 'aborted'::procrastinate_job_event_type
            WHEN OLD.status = 'failed'::procrastinate_job_status
                AND NEW.status = 'todo'::procrastinate_job_status
                THEN 'retried'::procrastinate_job_event_type
            ELSE NULL
        END as event_type
    )
    INSERT INTO procrastinate_events(job_id, type)
        SELECT NEW.id, t.event_type
        FROM t
        WHERE t.event_type IS NOT NULL;
	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_function_scheduled_events_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type, at)
        VALUES (NEW.id, 'scheduled'::procrastinate_job_event_type, NEW.scheduled_at);

	RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_trigger_abort_requested_events_procedure_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO procrastinate_events(job_id, type)
        VALUES (NEW.id, 'abort_requested'::procrastinate_job_event_type);
    RETURN NEW;
END;
$$;

CREATE FUNCTION procrastinate_unlink_periodic_defers_v1()
    RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE procrastinate_periodic_defers
    SET job_id = NULL
    WHERE job_id = OLD.id;
    RETURN OLD;
END;
$$;

CREATE FUNCTION procrastinate_register_worker_v1()
    RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY
    INSERT INTO procrastinate_workers DEFAULT VALUES
    RETURNING procrastinate_workers.id;
END;
$$;

CREATE FUNCTION procrastinate_unregister_worker_v1(worker_id bigint)
    RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM procrastinate_workers
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION procrastinate_update_heartbeat_v1(worker_id bigint)
    RETURNS void
    LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE procrastinate_workers
    SET last_heartbeat = NOW()
    WHERE id = worker_id;
END;
$$;

CREATE FUNCTION procrastinate_prune_stalled_workers_v1(seconds_since_heartbeat float)
    RETURNS TABLE(worker_id bigint)
    LANGUAGE plpgsql
AS $$
BEGIN
    RETURN QUERY
    DELETE FROM procrastinate_workers
    WHERE last_heartbeat < NOW() - (seconds_since_heartbeat || 'SECOND')::INTERVAL
    RETURNING procrastinate_workers.id;
END;
$$;

-- Triggers

CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1();

CREATE TRIGGER procrastinate_jobs_notify_queue_job_aborted_v1
    AFTER UPDATE OF abort_requested ON procrastinate_jobs
    FOR EACH ROW WHEN ((old.abort_requested = false AND new.abort_requested = true AND new.status = 'doing'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_notify_queue_abort_job_v1();

CREATE TRIGGER procrastinate_trigger_status_events_update_v1
    AFTER UPDATE OF status ON procrastinate_jobs
    FOR EACH ROW
    EXECUTE PROCEDURE procrastinate_trigger_function_status_events_update_v1();

CREATE TRIGGER procrastinate_trigger_status_events_insert_v1
    AFTER INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_function_status_events_insert_v1();

CREATE TRIGGER procrastinate_trigger_scheduled_events_v1
    AFTER UPDATE OR INSERT ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.scheduled_at IS NOT NULL AND new.status = 'todo'::procrastinate_job_status))
    EXECUTE PROCEDURE procrastinate_trigger_function_scheduled_events_v1();

CREATE TRIGGER procrastinate_trigger_abort_requested_events_v1
    AFTER UPDATE OF abort_requested ON procrastinate_jobs
    FOR EACH ROW WHEN ((new.abort_requested = true))
    EXECUTE PROCEDURE procrastinate_trigger_abort_requested_events_procedure_v1();

CREATE TRIGGER procrastinate_trigger_delete_jobs_v1
    BEFORE DELETE ON procrastinate_jobs
    FOR EACH ROW EXECUTE PROCEDURE procrastinate_unlink_periodic_defers_v1();
CREATE OR REPLACE FUNCTION famai_enqueue(task text, args jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM procrastinate_defer_jobs_v1(
    ARRAY[ROW(CASE task WHEN 'render_report' THEN 'renders' WHEN 'render_certificate' THEN 'renders' WHEN 'read_licence' THEN 'photos' WHEN 'fill_draft' THEN 'drafts' WHEN 'back_up' THEN 'drafts' WHEN 'measure_pack_release' THEN 'drafts' WHEN 'simulate_policy' THEN 'drafts' WHEN 'write_report' THEN 'drafts' WHEN 'deliver_message' THEN 'outside' WHEN 'mail_invitation' THEN 'outside' WHEN 'mail_referral_link' THEN 'outside' WHEN 'mail_emergency' THEN 'outside' WHEN 'mail_appeal' THEN 'outside' WHEN 'tell_partner' THEN 'outside' WHEN 'tell_person' THEN 'outside' WHEN 'tell_seat' THEN 'outside' WHEN 'send_reset' THEN 'outside' WHEN 'push_due' THEN 'outside' WHEN 'push_notices' THEN 'outside' WHEN 'issue_invoice' THEN 'outside' WHEN 'void_invoice' THEN 'outside' WHEN 'send_refund' THEN 'outside' WHEN 'open_plan_visit' THEN 'outside' WHEN 'apply_notice' THEN 'outside' WHEN 'recover_money' THEN 'outside' WHEN 'compare_money' THEN 'outside' ELSE 'default' END, task, CASE WHEN args->>'kind' = 'signed' THEN 10 ELSE 0 END, NULL, NULL, args, NULL)::procrastinate_job_to_defer_v1]);
END $$;
REVOKE ALL ON FUNCTION famai_enqueue(text, jsonb) FROM PUBLIC;
CREATE OR REPLACE FUNCTION famai_defer(task text, args jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('role') IN ('famai_auth', 'famai_owner', 'famai_firm')
      AND coalesce((args->>'firm_id')::uuid, app_firm()) IS DISTINCT FROM app_firm() THEN
    RAISE insufficient_privilege USING MESSAGE = 'of one''s own firm alone';
  END IF;
  IF current_setting('role') = 'famai_bureau' AND coalesce((args->>'firm_id')::uuid, app_firm()) IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM public.firm f WHERE f.id = coalesce((args->>'firm_id')::uuid, app_firm()) AND f.bureau_id IN (SELECT app_bureaus())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'of the firms of one''s own part alone';
  END IF;
  IF current_setting('role') = 'famai_bureau' AND args ? 'bureau_id'
      AND (args->>'bureau_id')::uuid NOT IN (SELECT app_bureaus()) THEN
    RAISE insufficient_privilege USING MESSAGE = 'of the bureaus of one''s own part alone';
  END IF;
  IF current_setting('role') = 'famai_operator' AND task NOT IN ('fill_draft', 'deliver_message', 'tell_person', 'send_reset', 'measure_pack_release') THEN
    RAISE insufficient_privilege USING MESSAGE = 'not one of the operator''s jobs';
  END IF;
  IF current_setting('role') <> 'famai_worker' AND args->>'person_id' <> app_person()::text THEN
    RAISE insufficient_privilege USING MESSAGE = 'of oneself alone';
  END IF;
  PERFORM famai_enqueue(task, args);
END $$;
REVOKE ALL ON FUNCTION famai_defer(text, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_auth;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_owner;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_firm;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_bureau;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_operator;
GRANT EXECUTE ON FUNCTION famai_defer(text, jsonb) TO famai_worker;
CREATE OR REPLACE FUNCTION famai_queues()
RETURNS TABLE (queue text, waiting bigint, running bigint, parked bigint, oldest_seconds bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.queue_name::text,
    count(*) FILTER (WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()),
    count(*) FILTER (WHERE j.status = 'doing'),
    count(*) FILTER (WHERE j.status = 'failed'),
    coalesce(extract(epoch FROM now() - min(coalesce(j.scheduled_at, e.at)) FILTER (
      WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now())), 0)::bigint
  FROM procrastinate_jobs j
  LEFT JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = j.id) e ON j.status = 'todo'
  GROUP BY 1 ORDER BY 1 $$;
REVOKE ALL ON FUNCTION famai_queues() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_queues() TO famai_operator;
CREATE OR REPLACE FUNCTION famai_parked_jobs(most integer)
RETURNS TABLE (job bigint, task text, queue text, tries integer, parked_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.id, j.task_name::text, j.queue_name::text, j.attempts,
    (SELECT max(at) FROM procrastinate_events WHERE job_id = j.id AND type = 'failed')
  FROM procrastinate_jobs j WHERE j.status = 'failed' ORDER BY j.id DESC LIMIT most $$;
REVOKE ALL ON FUNCTION famai_parked_jobs(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_parked_jobs(integer) TO famai_operator;
CREATE OR REPLACE FUNCTION famai_take_up(job bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE procrastinate_jobs SET status = 'todo', attempts = 0, scheduled_at = NULL WHERE id = job AND status = 'failed';
  RETURN FOUND;
END $$;
REVOKE ALL ON FUNCTION famai_take_up(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_take_up(bigint) TO famai_operator;
GRANT ALL ON ALL TABLES IN SCHEMA public TO famai_worker;
GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO famai_worker;

-- tables

CREATE TYPE uuid_range AS RANGE (subtype = uuid);
CREATE TYPE text_range AS RANGE (subtype = text);
CREATE TABLE attempt (
	key TEXT NOT NULL,
	wrong SMALLINT NOT NULL,
	sends SMALLINT NOT NULL,
	seed TEXT NOT NULL,
	seeded_at TIMESTAMP WITH TIME ZONE,
	counted_from TIMESTAMP WITH TIME ZONE NOT NULL,
	locked_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_attempt PRIMARY KEY (key)
);
CREATE TABLE backup_run (
	id UUID NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE NOT NULL,
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	files INTEGER NOT NULL,
	restored_seconds INTEGER,
	fault TEXT NOT NULL,
	CONSTRAINT pk_backup_run PRIMARY KEY (id)
);
CREATE TABLE bureau (
	id UUID NOT NULL,
	parent_id UUID,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	district TEXT,
	CONSTRAINT pk_bureau PRIMARY KEY (id),
	CONSTRAINT fk_bureau_parent_id FOREIGN KEY(parent_id) REFERENCES bureau (id)
);
CREATE TABLE cube_cell (
	period TEXT NOT NULL,
	block TEXT NOT NULL,
	key TEXT NOT NULL,
	count BIGINT NOT NULL,
	CONSTRAINT pk_cube_cell PRIMARY KEY (period, block, key)
);
CREATE TABLE data_request (
	id UUID NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_data_request_kind CHECK (kind IN ('copy', 'correct', 'erase', 'explain', 'other', 'restrict')),
	came_by TEXT NOT NULL CONSTRAINT ck_data_request_came_by CHECK (came_by IN ('bureau', 'counter', 'letter', 'mail', 'phone')),
	reference VARCHAR(200) NOT NULL,
	received_on DATE NOT NULL,
	due_on DATE NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_data_request_state CHECK (state IN ('answered', 'open', 'passed', 'refused')),
	outcome TEXT NOT NULL,
	taken_by TEXT NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_by TEXT NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_data_request PRIMARY KEY (id)
);
CREATE TABLE incident (
	id UUID NOT NULL,
	title VARCHAR(200) NOT NULL,
	banner VARCHAR(200) NOT NULL,
	banner_en VARCHAR(200) NOT NULL,
	is_read_only BOOLEAN NOT NULL,
	opened_id UUID NOT NULL,
	opened_by TEXT NOT NULL,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	agreed_id UUID,
	agreed_by TEXT NOT NULL,
	agreed_at TIMESTAMP WITH TIME ZONE,
	ended_by TEXT NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	kinds TEXT NOT NULL,
	cause TEXT NOT NULL,
	harm TEXT NOT NULL,
	done TEXT NOT NULL,
	advice TEXT NOT NULL,
	contact TEXT NOT NULL,
	CONSTRAINT pk_incident PRIMARY KEY (id),
	CONSTRAINT ck_incident_two_people CHECK (agreed_id <> opened_id)
);
CREATE TABLE key_copy (
	id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_key_copy PRIMARY KEY (id)
);
CREATE TABLE known_calendar (
	until DATE NOT NULL,
	since TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_known_calendar PRIMARY KEY (until)
);
CREATE TABLE law_change (
	id UUID NOT NULL,
	law TEXT NOT NULL,
	article TEXT NOT NULL,
	changed_on DATE NOT NULL,
	note TEXT NOT NULL,
	recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_law_change PRIMARY KEY (id),
	CONSTRAINT uq_law_change_law_article_changed_on UNIQUE (law, article, changed_on)
);
CREATE TABLE money_difference (
	id UUID NOT NULL,
	firm_id UUID,
	kind TEXT NOT NULL,
	stripe_id TEXT NOT NULL,
	ours_minor BIGINT,
	theirs_minor BIGINT,
	found_at TIMESTAMP WITH TIME ZONE NOT NULL,
	solved_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_money_difference PRIMARY KEY (id),
	CONSTRAINT uq_money_difference_kind_stripe_id UNIQUE (kind, stripe_id)
);
CREATE INDEX ix_money_difference_firm ON money_difference (firm_id);
CREATE TABLE pack_release (
	id UUID NOT NULL,
	pack_id VARCHAR(200) NOT NULL,
	version VARCHAR(200) NOT NULL,
	others VARCHAR(200) NOT NULL,
	share SMALLINT NOT NULL,
	firms JSON NOT NULL,
	why TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_pack_release_state CHECK (state IN ('dropped', 'proposed', 'released', 'stopped')),
	impact JSON NOT NULL,
	proposed_id UUID NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	released_id UUID,
	released_by TEXT NOT NULL,
	released_at TIMESTAMP WITH TIME ZONE,
	ended_by TEXT NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_pack_release PRIMARY KEY (id),
	CONSTRAINT ck_pack_release_two_people CHECK (released_id <> proposed_id),
	CONSTRAINT ck_pack_release_share CHECK (share >= 0 AND share <= 100)
);
CREATE TABLE person (
	id UUID NOT NULL,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	email TEXT,
	phone_digest TEXT,
	weekly_mail BOOLEAN DEFAULT true NOT NULL,
	locale TEXT DEFAULT 'zh-Hans' NOT NULL,
	created_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (id),
	CONSTRAINT uq_person_email UNIQUE (email),
	CONSTRAINT uq_person_phone_digest UNIQUE (phone_digest)
);
CREATE TABLE rate_count (
	key TEXT NOT NULL,
	count INTEGER NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_rate_count PRIMARY KEY (key)
);
CREATE TABLE release (
	number SERIAL NOT NULL,
	period TEXT NOT NULL,
	threshold INTEGER NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	manifest TEXT NOT NULL,
	manifest_hash TEXT NOT NULL,
	CONSTRAINT pk_release PRIMARY KEY (number)
);
CREATE TABLE release_draft (
	id UUID NOT NULL,
	period TEXT NOT NULL,
	method TEXT NOT NULL,
	threshold INTEGER NOT NULL,
	after INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_release_draft_state CHECK (state IN ('checked', 'corrected', 'drafted', 'dropped', 'failed', 'published', 'shown')),
	why TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	number INTEGER,
	CONSTRAINT pk_release_draft PRIMARY KEY (id)
);
CREATE TABLE released_cell (
	number INTEGER NOT NULL,
	cell TEXT NOT NULL,
	count BIGINT,
	status TEXT NOT NULL,
	CONSTRAINT pk_released_cell PRIMARY KEY (number, cell)
);
CREATE TABLE resume_code (
	digest TEXT NOT NULL,
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	person_id UUID NOT NULL,
	phone_digest TEXT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_resume_code PRIMARY KEY (digest),
	CONSTRAINT uq_resume_code_checkup_id UNIQUE (checkup_id)
);
CREATE TABLE risk_quality (
	pack_id TEXT NOT NULL,
	pack_version TEXT NOT NULL,
	risk TEXT NOT NULL,
	confirmed INTEGER NOT NULL,
	raised INTEGER NOT NULL,
	lowered INTEGER NOT NULL,
	dismissed INTEGER NOT NULL,
	counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_risk_quality PRIMARY KEY (pack_id, pack_version, risk)
);
CREATE TABLE screen_count (
	day DATE NOT NULL,
	channel TEXT NOT NULL,
	link_id UUID NOT NULL,
	screen TEXT NOT NULL,
	count INTEGER NOT NULL,
	CONSTRAINT pk_screen_count PRIMARY KEY (day, channel, link_id, screen)
);
CREATE TABLE screen_told (
	month TEXT NOT NULL,
	screen TEXT NOT NULL,
	count INTEGER NOT NULL,
	CONSTRAINT pk_screen_told PRIMARY KEY (month, screen)
);
CREATE TABLE stripe_notice (
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	object_kind TEXT NOT NULL,
	object_id TEXT NOT NULL,
	created BIGINT NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_stripe_notice_state CHECK (state IN ('applied', 'ignored', 'received', 'reported')),
	CONSTRAINT pk_stripe_notice PRIMARY KEY (id)
);
CREATE INDEX ix_stripe_notice_state ON stripe_notice (state, received_at);
CREATE TABLE told_state (
	period TEXT NOT NULL,
	content TEXT NOT NULL,
	CONSTRAINT pk_told_state PRIMARY KEY (period)
);
CREATE TABLE verification (
	number TEXT NOT NULL,
	firm_id UUID NOT NULL,
	content_hash TEXT NOT NULL,
	firm_name TEXT NOT NULL,
	lawyer_name TEXT NOT NULL,
	signed_on DATE NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_verification_state CHECK (state IN ('erased', 'replaced', 'revoked', 'valid')),
	replaced_by TEXT,
	kind TEXT DEFAULT 'report' NOT NULL,
	facts JSON DEFAULT '{}' NOT NULL,
	CONSTRAINT pk_verification PRIMARY KEY (number)
);
CREATE TABLE assessor (
	bureau_id UUID NOT NULL,
	person_id UUID NOT NULL,
	works_at UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	appointed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_assessor PRIMARY KEY (bureau_id, person_id),
	CONSTRAINT fk_assessor_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_assessor_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE bureau_edition (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	period TEXT NOT NULL,
	number INTEGER NOT NULL,
	content BYTEA NOT NULL,
	content_hash TEXT NOT NULL,
	frozen_by TEXT NOT NULL,
	frozen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_bureau_edition PRIMARY KEY (id),
	CONSTRAINT uq_bureau_edition_bureau_id_period_number UNIQUE (bureau_id, period, number),
	CONSTRAINT fk_bureau_edition_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE bureau_post (
	bureau_id UUID NOT NULL,
	person_id UUID NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_bureau_post PRIMARY KEY (bureau_id, person_id),
	CONSTRAINT ck_bureau_post_role CHECK (role IN ('head', 'officer')),
	CONSTRAINT fk_bureau_post_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_bureau_post_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE credential (
	person_id UUID NOT NULL,
	password_hash TEXT NOT NULL,
	good_until TIMESTAMP WITH TIME ZONE,
	sealed_totp BYTEA,
	totp_step INTEGER DEFAULT '0' NOT NULL,
	recovery_digests TEXT DEFAULT '' NOT NULL,
	CONSTRAINT pk_credential PRIMARY KEY (person_id),
	CONSTRAINT fk_credential_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE delegate_duty (
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	text_version TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_delegate_duty PRIMARY KEY (id),
	CONSTRAINT fk_delegate_duty_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_delegate_duty_person ON delegate_duty (person_id);
CREATE TABLE draft_cell (
	draft_id UUID NOT NULL,
	cell TEXT NOT NULL,
	count BIGINT,
	status TEXT NOT NULL,
	CONSTRAINT pk_draft_cell PRIMARY KEY (draft_id, cell),
	CONSTRAINT fk_draft_cell_draft_id FOREIGN KEY(draft_id) REFERENCES release_draft (id)
);
CREATE TABLE emergency (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	reason TEXT NOT NULL,
	banner TEXT NOT NULL,
	banner_en TEXT NOT NULL,
	relaxed TEXT NOT NULL,
	begins_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	made_id UUID,
	made_by TEXT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	agreed_id UUID,
	agreed_by TEXT NOT NULL,
	agreed_at TIMESTAMP WITH TIME ZONE,
	ended_by TEXT NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_emergency PRIMARY KEY (id),
	CONSTRAINT ck_emergency_days CHECK (begins_on <= ends_on),
	CONSTRAINT ck_emergency_two_people CHECK (agreed_id <> made_id),
	CONSTRAINT fk_emergency_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE figure (
	bureau_id UUID NOT NULL,
	key TEXT NOT NULL,
	content TEXT NOT NULL,
	counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_figure PRIMARY KEY (bureau_id, key),
	CONSTRAINT fk_figure_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE firm (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	slug VARCHAR(200) NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	district TEXT NOT NULL,
	phone TEXT NOT NULL,
	address TEXT DEFAULT '' NOT NULL,
	licence_number TEXT NOT NULL,
	colour TEXT NOT NULL,
	intro TEXT NOT NULL,
	intro_en TEXT NOT NULL,
	hours TEXT NOT NULL,
	waiting_days INTEGER,
	languages TEXT NOT NULL,
	logo_id UUID,
	contact_name TEXT NOT NULL,
	contact_email TEXT NOT NULL,
	keep_days INTEGER NOT NULL,
	take_days SMALLINT DEFAULT '3' NOT NULL,
	review_days SMALLINT DEFAULT '5' NOT NULL,
	reply_days SMALLINT DEFAULT '2' NOT NULL,
	answer_days SMALLINT DEFAULT '5' NOT NULL,
	revisit_months INTEGER DEFAULT '6' NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_firm_state CHECK (state IN ('active', 'admitted', 'applied', 'left', 'reception', 'refused', 'suspended')),
	review_on DATE,
	rated_well INTEGER,
	rated_not_well INTEGER,
	wrapped_key BYTEA,
	CONSTRAINT pk_firm PRIMARY KEY (id),
	CONSTRAINT ck_firm_one_reception CHECK ((state = 'reception') = (id = '00000000-0000-7000-8000-000000012348')),
	CONSTRAINT fk_firm_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT uq_firm_slug UNIQUE (slug)
);
CREATE TABLE hardship_policy (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	version VARCHAR(200) NOT NULL,
	effective_from DATE NOT NULL,
	effective_until DATE,
	document TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	why TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_hardship_policy_state CHECK (state IN ('approved', 'proposed', 'rejected')),
	proposed_by UUID NOT NULL,
	proposed_name TEXT NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	simulation JSONB,
	decided_by UUID,
	decided_name TEXT NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_hardship_policy PRIMARY KEY (id),
	CONSTRAINT ck_hardship_policy_two_people CHECK (decided_by <> proposed_by),
	CONSTRAINT ck_hardship_policy_range CHECK (effective_until >= effective_from),
	CONSTRAINT fk_hardship_policy_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE UNIQUE INDEX uq_hardship_policy_in_force ON hardship_policy (bureau_id, effective_from) WHERE state = 'approved';
CREATE TABLE hour_category (
	bureau_id UUID NOT NULL,
	id UUID NOT NULL,
	code TEXT NOT NULL,
	from_on DATE NOT NULL,
	until_on DATE,
	weight INTEGER NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	set_by UUID,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_hour_category PRIMARY KEY (bureau_id, id),
	CONSTRAINT ck_hour_category_period CHECK (until_on IS NULL OR until_on >= from_on),
	CONSTRAINT ck_hour_category_weight_range CHECK (weight BETWEEN 0 AND 300),
	CONSTRAINT one_at_a_time EXCLUDE USING gist (uuid_range(bureau_id, bureau_id, '[]') WITH &&, text_range(code, code, '[]') WITH &&, daterange(from_on, until_on) WITH &&),
	CONSTRAINT fk_hour_category_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE indicator (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	key VARCHAR(200) NOT NULL,
	version INTEGER NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	formula TEXT NOT NULL,
	unit TEXT NOT NULL,
	weight INTEGER NOT NULL,
	source TEXT NOT NULL,
	target DOUBLE PRECISION,
	is_active BOOLEAN NOT NULL,
	made_by UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_indicator PRIMARY KEY (id),
	CONSTRAINT uq_indicator_bureau_id_key_version UNIQUE (bureau_id, key, version),
	CONSTRAINT fk_indicator_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE noise_spent (
	draft_id UUID NOT NULL,
	year TEXT NOT NULL,
	epsilon DOUBLE PRECISION NOT NULL,
	CONSTRAINT pk_noise_spent PRIMARY KEY (draft_id),
	CONSTRAINT fk_noise_spent_draft_id FOREIGN KEY(draft_id) REFERENCES release_draft (id)
);
CREATE TABLE operator_post (
	person_id UUID NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_operator_post PRIMARY KEY (person_id),
	CONSTRAINT fk_operator_post_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE owner_session (
	digest TEXT NOT NULL,
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	device TEXT NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_owner_session PRIMARY KEY (digest),
	CONSTRAINT fk_owner_session_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_owner_session_person_id ON owner_session (person_id);
CREATE TABLE parameter (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	key TEXT NOT NULL,
	value INTEGER NOT NULL,
	effective_from DATE NOT NULL,
	why TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_parameter_state CHECK (state IN ('approved', 'proposed', 'rejected')),
	proposed_by UUID NOT NULL,
	proposed_name TEXT NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_by UUID,
	decided_name TEXT NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_parameter PRIMARY KEY (id),
	CONSTRAINT ck_parameter_two_people CHECK (decided_by <> proposed_by),
	CONSTRAINT fk_parameter_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE UNIQUE INDEX uq_parameter_in_force ON parameter (bureau_id, key, effective_from) WHERE state = 'approved';
CREATE TABLE partner (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	kind TEXT NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	district TEXT NOT NULL,
	address TEXT NOT NULL,
	phone TEXT NOT NULL,
	contact_name VARCHAR(200) NOT NULL,
	contact_email TEXT NOT NULL,
	state TEXT DEFAULT 'applied' NOT NULL CONSTRAINT ck_partner_state CHECK (state IN ('admitted', 'applied', 'left', 'refused', 'suspended')),
	CONSTRAINT pk_partner PRIMARY KEY (id),
	CONSTRAINT fk_partner_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE passkey (
	credential_id BYTEA NOT NULL,
	person_id UUID NOT NULL,
	public_key BYTEA NOT NULL,
	sign_count INTEGER NOT NULL,
	label TEXT NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_passkey PRIMARY KEY (credential_id),
	CONSTRAINT fk_passkey_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE preview_look (
	draft_id UUID NOT NULL,
	person_id UUID NOT NULL,
	name TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_preview_look PRIMARY KEY (draft_id, person_id),
	CONSTRAINT fk_preview_look_draft_id FOREIGN KEY(draft_id) REFERENCES release_draft (id)
);
CREATE TABLE provider (
	id UUID NOT NULL,
	bureau_id UUID,
	slug VARCHAR(200) NOT NULL,
	kind TEXT NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	district TEXT,
	phone TEXT NOT NULL,
	email TEXT DEFAULT '' NOT NULL,
	address TEXT DEFAULT '' NOT NULL,
	hours TEXT DEFAULT '' NOT NULL,
	serves TEXT DEFAULT '' NOT NULL,
	services TEXT DEFAULT '' NOT NULL,
	languages TEXT DEFAULT 'zh-Hans' NOT NULL,
	capacity SMALLINT DEFAULT '0' NOT NULL,
	waiting_days SMALLINT,
	takes_certificates BOOLEAN DEFAULT false NOT NULL,
	stripe_account TEXT,
	state TEXT DEFAULT 'listed' NOT NULL CONSTRAINT ck_provider_state CHECK (state IN ('admitted', 'left', 'listed', 'suspended')),
	CONSTRAINT pk_provider PRIMARY KEY (id),
	CONSTRAINT fk_provider_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT uq_provider_slug UNIQUE (slug)
);
CREATE TABLE release_event (
	draft_id UUID NOT NULL,
	id UUID NOT NULL,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_release_event PRIMARY KEY (draft_id, id),
	CONSTRAINT fk_release_event_draft_id FOREIGN KEY(draft_id) REFERENCES release_draft (id)
);
CREATE TABLE sample_draw (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	period TEXT NOT NULL,
	until_on DATE NOT NULL,
	seed TEXT NOT NULL,
	logs JSON NOT NULL,
	population INTEGER NOT NULL,
	population_hash TEXT NOT NULL,
	percent INTEGER NOT NULL,
	least INTEGER NOT NULL,
	drawn INTEGER NOT NULL,
	drawn_at TIMESTAMP WITH TIME ZONE NOT NULL,
	drawn_by UUID NOT NULL,
	closed_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_sample_draw PRIMARY KEY (id),
	CONSTRAINT uq_sample_draw_bureau_id_period UNIQUE (bureau_id, period),
	CONSTRAINT fk_sample_draw_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE sign_in_link (
	digest TEXT NOT NULL,
	person_id UUID NOT NULL,
	provider TEXT NOT NULL,
	linked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_sign_in_link PRIMARY KEY (digest),
	CONSTRAINT ck_sign_in_link_provider CHECK (provider IN ('suishenban', 'wechat')),
	CONSTRAINT uq_sign_in_link_person_id_provider UNIQUE (person_id, provider),
	CONSTRAINT fk_sign_in_link_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE station (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_station_kind CHECK (kind IN ('hotline', 'office', 'point')),
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	phone TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_station_state CHECK (state IN ('admitted', 'left', 'suspended')),
	CONSTRAINT pk_station PRIMARY KEY (id),
	CONSTRAINT fk_station_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE ticket_offer (
	number TEXT NOT NULL,
	case_number TEXT NOT NULL,
	source TEXT NOT NULL,
	wish TEXT NOT NULL,
	topic TEXT NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	offered_by VARCHAR(200) NOT NULL,
	offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	owner_id UUID,
	agreed_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_ticket_offer PRIMARY KEY (number),
	CONSTRAINT fk_ticket_offer_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE INDEX ix_ticket_offer_case ON ticket_offer (case_number);
CREATE INDEX ix_ticket_offer_owner ON ticket_offer (owner_id);
CREATE TABLE audit_entry (
	firm_id UUID NOT NULL,
	number INTEGER NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	act TEXT NOT NULL,
	about_id UUID,
	owner_id UUID,
	why TEXT NOT NULL,
	previous_hash TEXT NOT NULL,
	hash TEXT NOT NULL,
	CONSTRAINT pk_audit_entry PRIMARY KEY (firm_id, number),
	CONSTRAINT fk_audit_entry_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_audit_entry_owner ON audit_entry (firm_id, owner_id);
CREATE TABLE audit_head (
	firm_id UUID NOT NULL,
	number INTEGER NOT NULL,
	hash TEXT NOT NULL,
	CONSTRAINT pk_audit_head PRIMARY KEY (firm_id),
	CONSTRAINT fk_audit_head_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE break_glass (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	asked_by UUID NOT NULL,
	asked_name TEXT NOT NULL,
	why TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	allowed_by UUID,
	allowed_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_break_glass PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_break_glass_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE bureau_edition_withdrawal (
	edition_id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	why TEXT NOT NULL,
	by TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_bureau_edition_withdrawal PRIMARY KEY (edition_id),
	CONSTRAINT fk_bureau_edition_withdrawal_edition_id FOREIGN KEY(edition_id) REFERENCES bureau_edition (id),
	CONSTRAINT fk_bureau_edition_withdrawal_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE business (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	owner_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	credit_code TEXT,
	form TEXT NOT NULL,
	section TEXT NOT NULL,
	trade TEXT NOT NULL,
	staff INTEGER,
	staff_to INTEGER,
	revenue DOUBLE PRECISION,
	revenue_to DOUBLE PRECISION,
	assets DOUBLE PRECISION,
	assets_to DOUBLE PRECISION,
	unsaid TEXT DEFAULT '' NOT NULL,
	district TEXT NOT NULL,
	size TEXT NOT NULL,
	CONSTRAINT pk_business PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_business_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_business_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE INDEX ix_business_owner ON business (firm_id, owner_id);
CREATE INDEX ix_business_person ON business (owner_id);
CREATE TABLE campaign (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	by_firm UUID,
	number TEXT NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	purpose TEXT NOT NULL,
	purpose_en TEXT NOT NULL,
	focus TEXT NOT NULL,
	begins_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	languages TEXT NOT NULL,
	budget INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_campaign_state CHECK (state IN ('drafted', 'dropped', 'ended', 'running')),
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	frozen_at TIMESTAMP WITH TIME ZONE,
	version INTEGER NOT NULL,
	CONSTRAINT pk_campaign PRIMARY KEY (id),
	CONSTRAINT ck_campaign_days_in_order CHECK (ends_on >= begins_on),
	CONSTRAINT ck_campaign_budget_range CHECK (budget >= 0),
	CONSTRAINT fk_campaign_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_campaign_by_firm FOREIGN KEY(by_firm) REFERENCES firm (id),
	CONSTRAINT uq_campaign_number UNIQUE (number)
);
CREATE TABLE capacity (
	firm_id UUID NOT NULL,
	person_id UUID NOT NULL,
	person_name TEXT NOT NULL,
	a_month SMALLINT NOT NULL,
	domains TEXT NOT NULL,
	languages TEXT NOT NULL,
	from_hour SMALLINT NOT NULL,
	to_hour SMALLINT NOT NULL,
	away_until DATE,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_capacity PRIMARY KEY (firm_id, person_id),
	CONSTRAINT fk_capacity_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_capacity_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE complaint (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	owner_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	provider_id UUID,
	bureau_id UUID,
	state TEXT NOT NULL CONSTRAINT ck_complaint_state CHECK (state IN ('in_hand', 'opened', 'settled', 'withdrawn')),
	wants_call BOOLEAN NOT NULL,
	sealed_words BYTEA,
	sealed_phone BYTEA,
	sealed_outcome BYTEA,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_complaint PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_complaint_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_complaint_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_complaint_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE INDEX ix_complaint_checkup ON complaint (firm_id, checkup_id);
CREATE INDEX ix_complaint_due ON complaint (firm_id, state, due_on);
CREATE TABLE consultation (
	id UUID NOT NULL,
	provider_id UUID NOT NULL,
	number TEXT NOT NULL,
	topic TEXT NOT NULL,
	question TEXT NOT NULL,
	asked_by UUID NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_consultation_state CHECK (state IN ('answered', 'asked')),
	firm_id UUID,
	lawyer_name TEXT NOT NULL,
	answer TEXT NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	is_lesson BOOLEAN NOT NULL,
	CONSTRAINT pk_consultation PRIMARY KEY (id),
	CONSTRAINT ck_consultation_answered CHECK ((state = 'answered') = (firm_id IS NOT NULL AND answered_at IS NOT NULL AND answer <> '')),
	CONSTRAINT fk_consultation_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT uq_consultation_number UNIQUE (number),
	CONSTRAINT fk_consultation_asked_by FOREIGN KEY(asked_by) REFERENCES person (id),
	CONSTRAINT fk_consultation_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_consultation_firm ON consultation (firm_id);
CREATE INDEX ix_consultation_provider ON consultation (provider_id);
CREATE TABLE counted_act (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	day DATE NOT NULL,
	act TEXT NOT NULL CONSTRAINT ck_counted_act_act CHECK (act IN ('begun', 'finished')),
	phone TEXT NOT NULL,
	network TEXT NOT NULL,
	CONSTRAINT pk_counted_act PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_counted_act_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_counted_act_day ON counted_act (day);
CREATE TABLE duty_receipt (
	id UUID NOT NULL,
	station_id UUID NOT NULL,
	person_id UUID NOT NULL,
	person_name VARCHAR(200) NOT NULL,
	text_version TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_duty_receipt PRIMARY KEY (id),
	CONSTRAINT fk_duty_receipt_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT fk_duty_receipt_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_duty_receipt_post ON duty_receipt (station_id, person_id);
CREATE TABLE erasure (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	owner_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	case_number TEXT NOT NULL,
	asked_by TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	kept TEXT NOT NULL,
	kept_until DATE,
	CONSTRAINT pk_erasure PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_erasure_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE firm_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	actor_id UUID,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_firm_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_firm_event_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE firm_party (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	side TEXT NOT NULL,
	credit_code TEXT NOT NULL,
	matter TEXT NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_firm_party PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_firm_party_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_firm_party_name ON firm_party (firm_id, name);
CREATE TABLE firm_plan (
	firm_id UUID NOT NULL,
	stripe_customer TEXT NOT NULL,
	stripe_subscription TEXT,
	plan TEXT,
	status TEXT,
	seats INTEGER NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE,
	is_ending BOOLEAN NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_firm_plan PRIMARY KEY (firm_id),
	CONSTRAINT fk_firm_plan_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE goal (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	year INTEGER NOT NULL,
	kind TEXT NOT NULL,
	firm_id UUID,
	district TEXT NOT NULL,
	value INTEGER NOT NULL,
	set_by TEXT NOT NULL,
	set_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_goal PRIMARY KEY (id),
	CONSTRAINT ck_goal_one_subject CHECK ((firm_id IS NULL) <> (district = '')),
	CONSTRAINT fk_goal_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_goal_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE hardship_spend (
	policy_id UUID NOT NULL,
	year INTEGER NOT NULL,
	waive_minor BIGINT NOT NULL,
	defer_minor BIGINT NOT NULL,
	CONSTRAINT pk_hardship_spend PRIMARY KEY (policy_id, year),
	CONSTRAINT ck_hardship_spend_not_negative CHECK (waive_minor >= 0 AND defer_minor >= 0),
	CONSTRAINT fk_hardship_spend_policy_id FOREIGN KEY(policy_id) REFERENCES hardship_policy (id)
);
CREATE TABLE helper_post (
	station_id UUID NOT NULL,
	person_id UUID NOT NULL,
	CONSTRAINT pk_helper_post PRIMARY KEY (station_id, person_id),
	CONSTRAINT fk_helper_post_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT fk_helper_post_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE hour_anomaly (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	kind TEXT NOT NULL,
	key TEXT NOT NULL,
	lawyer_id UUID NOT NULL,
	lawyer_name VARCHAR(200) NOT NULL,
	day DATE NOT NULL,
	about JSON NOT NULL,
	numbers JSON NOT NULL,
	found_at TIMESTAMP WITH TIME ZONE NOT NULL,
	reply TEXT NOT NULL,
	replied_at TIMESTAMP WITH TIME ZONE,
	settled_at TIMESTAMP WITH TIME ZONE,
	settled_why TEXT NOT NULL,
	CONSTRAINT pk_hour_anomaly PRIMARY KEY (firm_id, id),
	CONSTRAINT uq_hour_anomaly_firm_id_kind_key UNIQUE (firm_id, kind, key),
	CONSTRAINT fk_hour_anomaly_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_hour_anomaly_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE INDEX ix_hour_anomaly_lawyer ON hour_anomaly (lawyer_id);
CREATE TABLE hour_certificate (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	lawyer_name VARCHAR(200) NOT NULL,
	firm_name VARCHAR(200) NOT NULL,
	bureau_name VARCHAR(200) NOT NULL,
	year INTEGER NOT NULL,
	minutes INTEGER NOT NULL,
	entries INTEGER NOT NULL,
	points INTEGER NOT NULL,
	number TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	issued_on DATE NOT NULL,
	CONSTRAINT pk_hour_certificate PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_hour_certificate_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_hour_certificate_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE INDEX ix_hour_certificate_lawyer ON hour_certificate (lawyer_id, year);
CREATE TABLE invitation (
	digest TEXT NOT NULL,
	id UUID NOT NULL,
	firm_id UUID,
	provider_id UUID,
	partner_id UUID,
	place_name VARCHAR(200) NOT NULL,
	email TEXT NOT NULL,
	role TEXT NOT NULL,
	invited_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_invitation PRIMARY KEY (digest),
	CONSTRAINT ck_invitation_not_at_reception CHECK (firm_id <> '00000000-0000-7000-8000-000000012348'),
	CONSTRAINT ck_invitation_one_place CHECK (num_nonnulls(firm_id, provider_id, partner_id) = 1),
	CONSTRAINT fk_invitation_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_invitation_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_invitation_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id)
);
CREATE TABLE kiosk (
	id UUID NOT NULL,
	station_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	code_digest TEXT NOT NULL,
	code_until TIMESTAMP WITH TIME ZONE NOT NULL,
	device_digest TEXT,
	made_by VARCHAR(200) NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	paired_at TIMESTAMP WITH TIME ZONE,
	ended_by VARCHAR(200),
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_kiosk PRIMARY KEY (id),
	CONSTRAINT fk_kiosk_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT uq_kiosk_code_digest UNIQUE (code_digest),
	CONSTRAINT uq_kiosk_device_digest UNIQUE (device_digest)
);
CREATE INDEX ix_kiosk_station ON kiosk (station_id);
CREATE TABLE login_session (
	digest TEXT NOT NULL,
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	firm_id UUID,
	bureau_id UUID,
	provider_id UUID,
	station_id UUID,
	partner_id UUID,
	roles TEXT NOT NULL,
	person_name TEXT NOT NULL,
	is_strong BOOLEAN NOT NULL,
	device TEXT NOT NULL,
	network TEXT NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_login_session PRIMARY KEY (digest),
	CONSTRAINT fk_login_session_person_id FOREIGN KEY(person_id) REFERENCES person (id),
	CONSTRAINT fk_login_session_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_login_session_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_login_session_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_login_session_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT fk_login_session_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id)
);
CREATE INDEX ix_login_session_person ON login_session (person_id);
CREATE TABLE lot (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	title VARCHAR(200) NOT NULL,
	unit_minor INTEGER NOT NULL,
	units INTEGER NOT NULL,
	begins_on DATE NOT NULL,
	ends_on DATE NOT NULL,
	made_by UUID NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	settled_by TEXT NOT NULL,
	CONSTRAINT pk_lot PRIMARY KEY (firm_id, id),
	CONSTRAINT ck_lot_amounts CHECK (unit_minor >= 0 AND units > 0),
	CONSTRAINT ck_lot_days CHECK (begins_on <= ends_on),
	CONSTRAINT fk_lot_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_lot_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE membership (
	firm_id UUID NOT NULL,
	person_id UUID NOT NULL,
	role TEXT NOT NULL,
	is_junior BOOLEAN DEFAULT false NOT NULL,
	CONSTRAINT pk_membership PRIMARY KEY (firm_id, person_id, role),
	CONSTRAINT ck_membership_not_at_reception CHECK (firm_id <> '00000000-0000-7000-8000-000000012348'),
	CONSTRAINT fk_membership_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE message (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	owner_id UUID,
	channel TEXT NOT NULL,
	recipient TEXT NOT NULL,
	template TEXT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	queued_at TIMESTAMP WITH TIME ZONE NOT NULL,
	delivered_at TIMESTAMP WITH TIME ZONE,
	tries SMALLINT DEFAULT '0' NOT NULL,
	fault TEXT DEFAULT '' NOT NULL,
	failed_at TIMESTAMP WITH TIME ZONE,
	instead_of UUID,
	CONSTRAINT pk_message PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_message_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE on_call (
	firm_id UUID NOT NULL,
	day DATE NOT NULL,
	place SMALLINT NOT NULL,
	person_id UUID NOT NULL,
	person_name TEXT NOT NULL,
	CONSTRAINT pk_on_call PRIMARY KEY (firm_id, day, place),
	CONSTRAINT ck_on_call_not_at_reception CHECK (firm_id <> '00000000-0000-7000-8000-000000012348'),
	CONSTRAINT fk_on_call_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_on_call_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE paper_sheet (
	id UUID NOT NULL,
	station_id UUID NOT NULL,
	code TEXT NOT NULL,
	locale TEXT NOT NULL,
	pack_version TEXT NOT NULL,
	printed_by VARCHAR(200) NOT NULL,
	printed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_paper_sheet PRIMARY KEY (id),
	CONSTRAINT fk_paper_sheet_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT uq_paper_sheet_code UNIQUE (code)
);
CREATE INDEX ix_paper_sheet_station ON paper_sheet (station_id);
CREATE TABLE partner_event (
	id UUID NOT NULL,
	partner_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_partner_event PRIMARY KEY (id),
	CONSTRAINT fk_partner_event_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id)
);
CREATE INDEX ix_partner_event_partner ON partner_event (partner_id);
CREATE TABLE partner_post (
	partner_id UUID NOT NULL,
	person_id UUID NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_partner_post PRIMARY KEY (partner_id, person_id),
	CONSTRAINT ck_partner_post_role CHECK (role IN ('agent', 'principal')),
	CONSTRAINT fk_partner_post_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id),
	CONSTRAINT fk_partner_post_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE plan_visit (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	kind TEXT NOT NULL,
	plan TEXT,
	seats INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_plan_visit_state CHECK (state IN ('failed', 'pending', 'ready')),
	url TEXT,
	asked_by UUID NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_plan_visit PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_plan_visit_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_plan_visit_state ON plan_visit (state);
CREATE TABLE post_event (
	id UUID NOT NULL,
	bureau_id UUID,
	provider_id UUID,
	partner_id UUID,
	person_id UUID NOT NULL,
	person_name VARCHAR(200) NOT NULL,
	act TEXT NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_post_event PRIMARY KEY (id),
	CONSTRAINT fk_post_event_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_post_event_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_post_event_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id),
	CONSTRAINT fk_post_event_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_post_event_person_id ON post_event (person_id);
CREATE TABLE provider_event (
	id UUID NOT NULL,
	provider_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_provider_event PRIMARY KEY (id),
	CONSTRAINT fk_provider_event_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_provider_event_provider ON provider_event (provider_id);
CREATE TABLE provider_person (
	id UUID NOT NULL,
	provider_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	calling TEXT NOT NULL,
	services TEXT NOT NULL,
	languages TEXT NOT NULL,
	disclosure TEXT NOT NULL,
	is_active BOOLEAN NOT NULL,
	CONSTRAINT pk_provider_person PRIMARY KEY (id),
	CONSTRAINT fk_provider_person_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_provider_person_provider ON provider_person (provider_id);
CREATE TABLE provider_post (
	provider_id UUID NOT NULL,
	person_id UUID NOT NULL,
	role TEXT NOT NULL,
	CONSTRAINT pk_provider_post PRIMARY KEY (provider_id, person_id),
	CONSTRAINT ck_provider_post_role CHECK (role IN ('chief', 'clerk')),
	CONSTRAINT fk_provider_post_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_provider_post_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE provider_told (
	provider_id UUID NOT NULL,
	year SMALLINT NOT NULL,
	what TEXT NOT NULL,
	code TEXT NOT NULL,
	count INTEGER NOT NULL,
	counted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_provider_told PRIMARY KEY (provider_id, year, what, code),
	CONSTRAINT fk_provider_told_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE TABLE published_hours (
	firm_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	year INTEGER NOT NULL,
	lawyer_name VARCHAR(200) NOT NULL,
	minutes INTEGER NOT NULL,
	published_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_published_hours PRIMARY KEY (firm_id, lawyer_id, year),
	CONSTRAINT fk_published_hours_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_published_hours_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE TABLE queue_view (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	person_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	filters TEXT NOT NULL,
	CONSTRAINT pk_queue_view PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_queue_view_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_queue_view_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE standard_check (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	standard TEXT NOT NULL,
	is_met BOOLEAN NOT NULL,
	evidence TEXT NOT NULL,
	next_on DATE NOT NULL,
	actor_name TEXT NOT NULL,
	actor_id UUID,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_standard_check PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_standard_check_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_standard_check_firm ON standard_check (firm_id, standard, at);
CREATE TABLE station_event (
	id UUID NOT NULL,
	station_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	person_name VARCHAR(200) DEFAULT '' NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_station_event PRIMARY KEY (id),
	CONSTRAINT fk_station_event_station_id FOREIGN KEY(station_id) REFERENCES station (id)
);
CREATE INDEX ix_station_event_station ON station_event (station_id);
CREATE TABLE subscriber (
	id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	url TEXT NOT NULL,
	is_active BOOLEAN NOT NULL,
	source TEXT DEFAULT '' NOT NULL,
	provider_id UUID,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sealed_secret BYTEA NOT NULL,
	old_sealed_secret BYTEA,
	old_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_subscriber PRIMARY KEY (id),
	CONSTRAINT uq_subscriber_name UNIQUE (name),
	CONSTRAINT fk_subscriber_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_subscriber_provider_id ON subscriber (provider_id);
CREATE TABLE survey_answer (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	question TEXT NOT NULL,
	answer TEXT NOT NULL,
	day DATE NOT NULL,
	CONSTRAINT pk_survey_answer PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_survey_answer_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE text_block (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	risk TEXT,
	law TEXT,
	title VARCHAR(200) NOT NULL,
	text TEXT NOT NULL,
	plain TEXT NOT NULL,
	version INTEGER NOT NULL,
	changed_by TEXT NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	retired_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_text_block PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_text_block_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE ticket (
	id UUID NOT NULL,
	number TEXT NOT NULL,
	source TEXT NOT NULL,
	wish TEXT NOT NULL,
	topic TEXT NOT NULL,
	district TEXT NOT NULL,
	bureau_id UUID NOT NULL,
	firm_id UUID,
	state TEXT NOT NULL CONSTRAINT ck_ticket_state CHECK (state IN ('answered', 'declined', 'in_hand', 'received', 'routed')),
	is_hard BOOLEAN NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	sealed BYTEA,
	CONSTRAINT pk_ticket PRIMARY KEY (id),
	CONSTRAINT uq_ticket_number UNIQUE (number),
	CONSTRAINT fk_ticket_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_ticket_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_ticket_bureau ON ticket (bureau_id);
CREATE INDEX ix_ticket_firm ON ticket (firm_id);
CREATE TABLE upload (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	purpose TEXT NOT NULL,
	name VARCHAR(200) NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	content_hash TEXT NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_upload PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_upload_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE TABLE venue_number (
	station_id UUID NOT NULL,
	day DATE NOT NULL,
	number INTEGER NOT NULL,
	holder TEXT,
	state TEXT DEFAULT 'waiting' NOT NULL CONSTRAINT ck_venue_number_state CHECK (state IN ('absent', 'called', 'done', 'waiting')),
	taken_at TIMESTAMP WITH TIME ZONE NOT NULL,
	called_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_venue_number PRIMARY KEY (station_id, day, number),
	CONSTRAINT fk_venue_number_station_id FOREIGN KEY(station_id) REFERENCES station (id)
);
CREATE TABLE venue_queue (
	station_id UUID NOT NULL,
	code TEXT NOT NULL,
	open_on DATE,
	CONSTRAINT pk_venue_queue PRIMARY KEY (station_id),
	CONSTRAINT fk_venue_queue_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT uq_venue_queue_code UNIQUE (code)
);
CREATE TABLE volunteer (
	firm_id UUID NOT NULL,
	emergency_id UUID NOT NULL,
	person_id UUID NOT NULL,
	name TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_volunteer PRIMARY KEY (firm_id, emergency_id, person_id),
	CONSTRAINT fk_volunteer_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_volunteer_emergency_id FOREIGN KEY(emergency_id) REFERENCES emergency (id),
	CONSTRAINT fk_volunteer_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE TABLE api_client (
	id UUID NOT NULL,
	subscriber_id UUID NOT NULL,
	scopes TEXT NOT NULL,
	secret_digest TEXT NOT NULL,
	old_secret_digest TEXT,
	old_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_api_client PRIMARY KEY (id),
	CONSTRAINT uq_api_client_subscriber_id UNIQUE (subscriber_id),
	CONSTRAINT fk_api_client_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);
CREATE TABLE business_change (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	business_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	was JSON NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_business_change PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_business_change_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_business_change_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_business_change_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE INDEX ix_business_change ON business_change (firm_id, business_id);
CREATE TABLE business_source (
	firm_id UUID NOT NULL,
	business_id UUID NOT NULL,
	field TEXT NOT NULL CONSTRAINT ck_business_source_field CHECK (field IN ('address', 'credit_code', 'district', 'form', 'name', 'registered_on')),
	owner_id UUID NOT NULL,
	value TEXT NOT NULL,
	was TEXT NOT NULL,
	source TEXT NOT NULL CONSTRAINT ck_business_source_source CHECK (source IN ('licence', 'owner', 'register')),
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_business_source PRIMARY KEY (firm_id, business_id, field),
	CONSTRAINT fk_business_source_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_business_source_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE TABLE campaign_event (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_campaign_event PRIMARY KEY (id),
	CONSTRAINT fk_campaign_event_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);
CREATE INDEX ix_campaign_event_campaign ON campaign_event (campaign_id);
CREATE TABLE campaign_firm (
	campaign_id UUID NOT NULL,
	reader_id UUID NOT NULL,
	quota INTEGER NOT NULL,
	CONSTRAINT pk_campaign_firm PRIMARY KEY (campaign_id, reader_id),
	CONSTRAINT ck_campaign_firm_quota_range CHECK (quota > 0),
	CONSTRAINT fk_campaign_firm_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	CONSTRAINT fk_campaign_firm_reader_id FOREIGN KEY(reader_id) REFERENCES firm (id)
);
CREATE TABLE campaign_link (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	partner_id UUID,
	place VARCHAR(200) NOT NULL,
	code TEXT NOT NULL,
	cap INTEGER NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stopped_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_campaign_link PRIMARY KEY (id),
	CONSTRAINT ck_campaign_link_cap_range CHECK (cap >= 0),
	CONSTRAINT fk_campaign_link_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	CONSTRAINT fk_campaign_link_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id),
	CONSTRAINT uq_campaign_link_code UNIQUE (code)
);
CREATE INDEX ix_campaign_link_campaign ON campaign_link (campaign_id);
CREATE TABLE campaign_partner (
	campaign_id UUID NOT NULL,
	partner_id UUID NOT NULL,
	CONSTRAINT pk_campaign_partner PRIMARY KEY (campaign_id, partner_id),
	CONSTRAINT fk_campaign_partner_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	CONSTRAINT fk_campaign_partner_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id)
);
CREATE TABLE campaign_told (
	campaign_id UUID NOT NULL,
	part TEXT NOT NULL,
	what TEXT NOT NULL,
	count INTEGER NOT NULL,
	told_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_campaign_told PRIMARY KEY (campaign_id, part, what),
	CONSTRAINT fk_campaign_told_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id)
);
CREATE TABLE complaint_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	complaint_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_complaint_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_complaint_event_firm_id_complaint_id FOREIGN KEY(firm_id, complaint_id) REFERENCES complaint (firm_id, id)
);
CREATE TABLE complaint_key (
	firm_id UUID NOT NULL,
	complaint_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	wrapped_key BYTEA NOT NULL,
	CONSTRAINT pk_complaint_key PRIMARY KEY (firm_id, complaint_id),
	CONSTRAINT fk_complaint_key_firm_id_complaint_id FOREIGN KEY(firm_id, complaint_id) REFERENCES complaint (firm_id, id)
);
CREATE TABLE consent (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	business_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	purpose TEXT NOT NULL,
	granted BOOLEAN NOT NULL,
	text_version TEXT NOT NULL,
	channel TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_consent PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_consent_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_consent_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
);
CREATE INDEX ix_consent_business ON consent (firm_id, business_id);
CREATE TABLE contribution (
	firm_id UUID NOT NULL,
	business_id UUID NOT NULL,
	period TEXT NOT NULL,
	items TEXT NOT NULL,
	CONSTRAINT pk_contribution PRIMARY KEY (firm_id, business_id, period),
	CONSTRAINT fk_contribution_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id)
);
CREATE INDEX ix_contribution_period ON contribution (period);
CREATE TABLE contribution_sum (
	firm_id UUID NOT NULL,
	business_id UUID NOT NULL,
	period TEXT NOT NULL,
	measure TEXT NOT NULL,
	district TEXT NOT NULL,
	amount BIGINT NOT NULL,
	CONSTRAINT pk_contribution_sum PRIMARY KEY (firm_id, business_id, period, measure),
	CONSTRAINT fk_contribution_sum_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id)
);
CREATE INDEX ix_contribution_sum_largest ON contribution_sum (period, measure, district, amount);
CREATE TABLE delivery (
	subscriber_id UUID NOT NULL,
	number INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_delivery_state CHECK (state IN ('dead', 'sent', 'waiting')),
	tries INTEGER NOT NULL,
	next_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_status INTEGER,
	CONSTRAINT pk_delivery PRIMARY KEY (subscriber_id, number),
	CONSTRAINT fk_delivery_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id),
	CONSTRAINT fk_delivery_number FOREIGN KEY(number) REFERENCES release (number)
);
CREATE TABLE gathering (
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	by_firm UUID,
	partner_id UUID,
	campaign_id UUID,
	link_code TEXT NOT NULL,
	number TEXT NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_gathering_kind CHECK (kind IN ('clinic', 'lecture')),
	topic TEXT NOT NULL,
	lesson TEXT NOT NULL,
	name VARCHAR(200) NOT NULL,
	name_en VARCHAR(200) NOT NULL,
	about TEXT NOT NULL,
	about_en TEXT NOT NULL,
	district TEXT NOT NULL,
	place VARCHAR(200) NOT NULL,
	begins_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	seats INTEGER NOT NULL,
	languages TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_gathering_state CHECK (state IN ('announced', 'cancelled', 'held')),
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	moved_at TIMESTAMP WITH TIME ZONE,
	held_from TIMESTAMP WITH TIME ZONE,
	held_until TIMESTAMP WITH TIME ZONE,
	frozen_at TIMESTAMP WITH TIME ZONE,
	version INTEGER NOT NULL,
	CONSTRAINT pk_gathering PRIMARY KEY (id),
	CONSTRAINT ck_gathering_times_in_order CHECK (ends_at > begins_at),
	CONSTRAINT ck_gathering_held_in_order CHECK (held_until > held_from),
	CONSTRAINT ck_gathering_seats_range CHECK (seats BETWEEN 1 AND 10000),
	CONSTRAINT fk_gathering_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id),
	CONSTRAINT fk_gathering_by_firm FOREIGN KEY(by_firm) REFERENCES firm (id),
	CONSTRAINT fk_gathering_partner_id FOREIGN KEY(partner_id) REFERENCES partner (id),
	CONSTRAINT fk_gathering_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id),
	CONSTRAINT uq_gathering_number UNIQUE (number)
);
CREATE INDEX ix_gathering_ends ON gathering (ends_at);
CREATE TABLE kiosk_visit (
	kiosk_id UUID NOT NULL,
	person_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
	handover_digest TEXT,
	handover_until TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_kiosk_visit PRIMARY KEY (kiosk_id),
	CONSTRAINT fk_kiosk_visit_kiosk_id FOREIGN KEY(kiosk_id) REFERENCES kiosk (id),
	CONSTRAINT uq_kiosk_visit_handover_digest UNIQUE (handover_digest)
);
CREATE TABLE lot_settlement (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	bureau_id UUID NOT NULL,
	lot_id UUID NOT NULL,
	is_final BOOLEAN NOT NULL,
	units INTEGER NOT NULL,
	total_minor INTEGER NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_lot_settlement_state CHECK (state IN ('approved', 'proposed', 'rejected')),
	proposed_id UUID NOT NULL,
	proposed_by TEXT NOT NULL,
	proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	decided_id UUID,
	decided_by TEXT NOT NULL,
	decided_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_lot_settlement PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_lot_settlement_firm_id_lot_id FOREIGN KEY(firm_id, lot_id) REFERENCES lot (firm_id, id),
	CONSTRAINT ck_lot_settlement_two_people CHECK (decided_id <> proposed_id),
	CONSTRAINT ck_lot_settlement_amounts CHECK (units >= 0 AND total_minor >= 0),
	CONSTRAINT fk_lot_settlement_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_lot_settlement_bureau_id FOREIGN KEY(bureau_id) REFERENCES bureau (id)
);
CREATE TABLE lot_unit (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	lot_id UUID NOT NULL,
	signed_on DATE NOT NULL,
	entry_number INTEGER NOT NULL,
	entry_hash TEXT NOT NULL,
	unit_minor INTEGER NOT NULL,
	CONSTRAINT pk_lot_unit PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_lot_unit_firm_id_lot_id FOREIGN KEY(firm_id, lot_id) REFERENCES lot (firm_id, id),
	CONSTRAINT uq_lot_unit_firm_id_entry_number UNIQUE (firm_id, entry_number)
);
CREATE TABLE notice (
	subscriber_id UUID NOT NULL,
	name TEXT NOT NULL,
	about TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_notice_state CHECK (state IN ('dead', 'sent', 'waiting')),
	tries INTEGER NOT NULL,
	next_at TIMESTAMP WITH TIME ZONE NOT NULL,
	last_status INTEGER,
	CONSTRAINT pk_notice PRIMARY KEY (subscriber_id, name),
	CONSTRAINT fk_notice_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);
CREATE TABLE payer (
	firm_id UUID NOT NULL,
	business_id UUID NOT NULL,
	stripe_customer TEXT NOT NULL,
	CONSTRAINT pk_payer PRIMARY KEY (firm_id, business_id),
	CONSTRAINT fk_payer_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id)
);
CREATE TABLE ticket_event (
	ticket_id UUID NOT NULL,
	id UUID NOT NULL,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_ticket_event PRIMARY KEY (ticket_id, id),
	CONSTRAINT fk_ticket_event_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);
CREATE TABLE ticket_message (
	subscriber_id UUID NOT NULL,
	message_id TEXT NOT NULL,
	body_hash TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_ticket_message PRIMARY KEY (subscriber_id, message_id),
	CONSTRAINT fk_ticket_message_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id)
);
CREATE TABLE ticket_reference (
	subscriber_id UUID NOT NULL,
	reference TEXT NOT NULL,
	ticket_id UUID NOT NULL,
	CONSTRAINT pk_ticket_reference PRIMARY KEY (subscriber_id, reference),
	CONSTRAINT fk_ticket_reference_subscriber_id FOREIGN KEY(subscriber_id) REFERENCES subscriber (id),
	CONSTRAINT fk_ticket_reference_ticket_id FOREIGN KEY(ticket_id) REFERENCES ticket (id)
);
CREATE INDEX ix_ticket_reference_ticket_id ON ticket_reference (ticket_id);
CREATE TABLE api_token (
	digest TEXT NOT NULL,
	client_id UUID NOT NULL,
	subscriber_id UUID NOT NULL,
	scopes TEXT NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_api_token PRIMARY KEY (digest),
	CONSTRAINT fk_api_token_client_id FOREIGN KEY(client_id) REFERENCES api_client (id)
);
CREATE TABLE campaign_link_use (
	link_id UUID NOT NULL,
	used INTEGER NOT NULL,
	CONSTRAINT pk_campaign_link_use PRIMARY KEY (link_id),
	CONSTRAINT fk_campaign_link_use_link_id FOREIGN KEY(link_id) REFERENCES campaign_link (id)
);
CREATE TABLE campaign_step (
	day DATE NOT NULL,
	link_id UUID NOT NULL,
	at_firm UUID NOT NULL,
	step TEXT NOT NULL CONSTRAINT ck_campaign_step_step CHECK (step IN ('finished', 'fixed', 'lawyer', 'signed', 'started')),
	count INTEGER NOT NULL,
	CONSTRAINT pk_campaign_step PRIMARY KEY (day, link_id, at_firm, step),
	CONSTRAINT fk_campaign_step_link_id FOREIGN KEY(link_id) REFERENCES campaign_link (id)
);
CREATE TABLE checkup (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	business_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	previous_id UUID,
	case_number TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_checkup_state CHECK (state IN ('answering', 'closed', 'erased', 'in_review', 'signed', 'started', 'submitted', 'withdrawn')),
	mode TEXT NOT NULL,
	focus TEXT,
	pack_id TEXT NOT NULL,
	pack_version TEXT NOT NULL,
	pack_hash TEXT NOT NULL,
	locale TEXT NOT NULL,
	channel TEXT DEFAULT 'web' NOT NULL,
	review_wanted BOOLEAN NOT NULL,
	link_id UUID,
	link_step SMALLINT DEFAULT '0' NOT NULL,
	score DOUBLE PRECISION,
	score_low DOUBLE PRECISION,
	score_high DOUBLE PRECISION,
	grade TEXT,
	grade_low TEXT,
	grade_high TEXT,
	held_by TEXT,
	answered DOUBLE PRECISION,
	enough BOOLEAN,
	light TEXT,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	submitted_at TIMESTAMP WITH TIME ZONE,
	signed_at TIMESTAMP WITH TIME ZONE,
	verify_number TEXT,
	urgent_count SMALLINT NOT NULL,
	finding_count SMALLINT NOT NULL,
	next_due DATE,
	domains TEXT NOT NULL,
	CONSTRAINT pk_checkup PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_checkup_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_checkup_firm_id_previous_id FOREIGN KEY(firm_id, previous_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_checkup_firm_id_case_number UNIQUE (firm_id, case_number),
	CONSTRAINT ck_checkup_score_range CHECK (score BETWEEN 0 AND 100),
	CONSTRAINT ck_checkup_unread_at_reception CHECK (firm_id <> '00000000-0000-7000-8000-000000012348' OR (NOT review_wanted AND state IN ('started', 'answering', 'submitted', 'withdrawn', 'erased'))),
	CONSTRAINT fk_checkup_owner_id FOREIGN KEY(owner_id) REFERENCES person (id),
	CONSTRAINT fk_checkup_link_id FOREIGN KEY(link_id) REFERENCES campaign_link (id)
);
CREATE INDEX ix_checkup_business ON checkup (firm_id, business_id);
CREATE INDEX ix_checkup_link_id ON checkup (link_id);
CREATE INDEX ix_checkup_owner ON checkup (firm_id, owner_id);
CREATE INDEX ix_checkup_person ON checkup (owner_id);
CREATE INDEX ix_checkup_state ON checkup (firm_id, state);
CREATE TABLE gathering_event (
	id UUID NOT NULL,
	gathering_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_gathering_event PRIMARY KEY (id),
	CONSTRAINT fk_gathering_event_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_gathering_event_gathering ON gathering_event (gathering_id);
CREATE TABLE gathering_firm (
	gathering_id UUID NOT NULL,
	of_firm UUID NOT NULL,
	CONSTRAINT pk_gathering_firm PRIMARY KEY (gathering_id, of_firm),
	CONSTRAINT fk_gathering_firm_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id),
	CONSTRAINT fk_gathering_firm_of_firm FOREIGN KEY(of_firm) REFERENCES firm (id)
);
CREATE TABLE gathering_handout (
	gathering_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	path TEXT NOT NULL,
	CONSTRAINT pk_gathering_handout PRIMARY KEY (gathering_id),
	CONSTRAINT fk_gathering_handout_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE TABLE gathering_seat (
	id UUID NOT NULL,
	gathering_id UUID NOT NULL,
	token TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_gathering_seat_state CHECK (state IN ('held', 'left', 'waiting', 'walked')),
	sealed_phone BYTEA,
	locale TEXT NOT NULL,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	came_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_gathering_seat PRIMARY KEY (id),
	CONSTRAINT fk_gathering_seat_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id),
	CONSTRAINT uq_gathering_seat_token UNIQUE (token)
);
CREATE INDEX ix_gathering_seat_gathering ON gathering_seat (gathering_id, state);
CREATE TABLE gathering_speaker (
	gathering_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	of_firm UUID NOT NULL,
	lawyer_name VARCHAR(200) NOT NULL,
	came BOOLEAN,
	CONSTRAINT pk_gathering_speaker PRIMARY KEY (gathering_id, lawyer_id, of_firm),
	CONSTRAINT fk_gathering_speaker_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id),
	CONSTRAINT fk_gathering_speaker_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id),
	CONSTRAINT fk_gathering_speaker_of_firm FOREIGN KEY(of_firm) REFERENCES firm (id)
);
CREATE TABLE gathering_told (
	gathering_id UUID NOT NULL,
	what TEXT NOT NULL,
	count INTEGER NOT NULL,
	CONSTRAINT pk_gathering_told PRIMARY KEY (gathering_id, what),
	CONSTRAINT fk_gathering_told_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE TABLE lot_settled_unit (
	firm_id UUID NOT NULL,
	settlement_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	CONSTRAINT pk_lot_settled_unit PRIMARY KEY (firm_id, settlement_id, checkup_id),
	CONSTRAINT fk_lot_settled_unit_firm_id_settlement_id FOREIGN KEY(firm_id, settlement_id) REFERENCES lot_settlement (firm_id, id)
);
CREATE TABLE activity_day (
	firm_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	day DATE NOT NULL,
	beats TSTZMULTIRANGE NOT NULL,
	saves TSTZMULTIRANGE NOT NULL,
	CONSTRAINT pk_activity_day PRIMARY KEY (firm_id, lawyer_id, checkup_id, day),
	CONSTRAINT fk_activity_day_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_activity_day_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE TABLE advice_print (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	print BIGINT NOT NULL,
	length INTEGER NOT NULL,
	CONSTRAINT pk_advice_print PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_advice_print_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE answers (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	version INTEGER NOT NULL,
	sealed BYTEA NOT NULL,
	CONSTRAINT pk_answers PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_answers_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE assistance (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	station_id UUID NOT NULL,
	station_name VARCHAR(200) NOT NULL,
	helper_id UUID NOT NULL,
	helper_name VARCHAR(200) NOT NULL,
	purpose TEXT NOT NULL CONSTRAINT ck_assistance_purpose CHECK (purpose IN ('call', 'fill')),
	channel TEXT NOT NULL CONSTRAINT ck_assistance_channel CHECK (channel IN ('in_person', 'paper', 'phone')),
	shows TEXT NOT NULL CONSTRAINT ck_assistance_shows CHECK (shows IN ('findings', 'light')),
	text_version TEXT NOT NULL,
	began_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	ended_why TEXT CONSTRAINT ck_assistance_ended_why CHECK (ended_why IN ('claimed', 'erased', 'moved', 'other_helper', 'owner')),
	CONSTRAINT pk_assistance PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_assistance_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_assistance_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT fk_assistance_helper_id FOREIGN KEY(helper_id) REFERENCES person (id)
);
CREATE INDEX ix_assistance_helper ON assistance (helper_id);
CREATE UNIQUE INDEX uq_assistance_fill ON assistance (firm_id, checkup_id) WHERE ended_at IS NULL AND purpose = 'fill';
CREATE TABLE call_back (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_call_back_state CHECK (state IN ('booked', 'cancelled', 'lapsed', 'made', 'missed')),
	starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
	place SMALLINT NOT NULL,
	responsible_id UUID,
	responsible_name TEXT NOT NULL,
	sealed_phone BYTEA,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	late_since TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_call_back PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_call_back_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_call_back_not_at_reception CHECK (firm_id <> '00000000-0000-7000-8000-000000012348'),
	CONSTRAINT fk_call_back_responsible_id FOREIGN KEY(responsible_id) REFERENCES person (id)
);
CREATE UNIQUE INDEX uq_call_back_hour ON call_back (firm_id, starts_at, place) WHERE state = 'booked';
CREATE UNIQUE INDEX uq_call_back_open ON call_back (firm_id, checkup_id) WHERE state = 'booked';
CREATE TABLE case_key (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	opens TEXT NOT NULL,
	owner_id UUID NOT NULL,
	wrapped_key BYTEA NOT NULL,
	CONSTRAINT pk_case_key PRIMARY KEY (firm_id, checkup_id, opens),
	CONSTRAINT fk_case_key_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE case_message (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	kind TEXT NOT NULL,
	author TEXT NOT NULL,
	author_id UUID NOT NULL,
	author_name TEXT NOT NULL,
	risk TEXT,
	replies_to UUID,
	sealed_text BYTEA NOT NULL,
	turn TEXT NOT NULL,
	due_on DATE,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_case_message PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_case_message_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_case_message_firm_id_replies_to FOREIGN KEY(firm_id, replies_to) REFERENCES case_message (firm_id, id),
	CONSTRAINT ck_case_message_kind CHECK (kind IN ('question', 'answer', 'note')),
	CONSTRAINT ck_case_message_turn CHECK (turn IN ('owner', 'firm', 'nobody')),
	CONSTRAINT ck_case_message_author CHECK ((author = 'firm') = (kind = 'question') OR kind = 'note')
);
CREATE INDEX ix_case_message_checkup ON case_message (firm_id, checkup_id, at);
CREATE TABLE case_parties (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	version INTEGER NOT NULL,
	sealed BYTEA NOT NULL,
	CONSTRAINT pk_case_parties PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_case_parties_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE case_ticket (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	number TEXT NOT NULL,
	source TEXT NOT NULL,
	wish TEXT NOT NULL,
	topic TEXT NOT NULL,
	received_at TIMESTAMP WITH TIME ZONE NOT NULL,
	channel TEXT NOT NULL CONSTRAINT ck_case_ticket_channel CHECK (channel IN ('page', 'phone')),
	added_by VARCHAR(200) NOT NULL,
	added_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sealed_words BYTEA,
	CONSTRAINT pk_case_ticket PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_case_ticket_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_case_ticket_number UNIQUE (number)
);
CREATE INDEX ix_case_ticket ON case_ticket (firm_id, checkup_id);
CREATE TABLE checkup_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	actor_id UUID,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_checkup_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_checkup_event_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE claim_code (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	digest TEXT NOT NULL,
	sent TEXT NOT NULL CONSTRAINT ck_claim_code_sent CHECK (sent IN ('paper', 'sms')),
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_claim_code PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_claim_code_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_claim_code_digest UNIQUE (digest)
);
CREATE TABLE conflict_check (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	person_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	person_name TEXT NOT NULL,
	outcome TEXT NOT NULL CONSTRAINT ck_conflict_check_outcome CHECK (outcome IN ('ask_partner', 'clear', 'new', 'recuse', 'released')),
	hits SMALLINT NOT NULL,
	parties_version INTEGER NOT NULL,
	sealed_reason BYTEA,
	decided_by UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_conflict_check PRIMARY KEY (firm_id, checkup_id, person_id),
	CONSTRAINT fk_conflict_check_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE INDEX ix_conflict_check_person ON conflict_check (firm_id, person_id);
CREATE TABLE delegation (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	name VARCHAR(200) NOT NULL,
	kind TEXT NOT NULL CONSTRAINT ck_delegation_kind CHECK (kind IN ('accountant', 'family', 'manager', 'other')),
	shop VARCHAR(200) NOT NULL,
	areas TEXT NOT NULL,
	sees_fixes BOOLEAN NOT NULL,
	reads_messages BOOLEAN NOT NULL,
	phone_digest TEXT NOT NULL,
	invitation_digest TEXT NOT NULL,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answer_by TIMESTAMP WITH TIME ZONE NOT NULL,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	delegate_id UUID,
	accepted_at TIMESTAMP WITH TIME ZONE,
	text_version TEXT,
	ended_at TIMESTAMP WITH TIME ZONE,
	ended_why TEXT CONSTRAINT ck_delegation_ended_why CHECK (ended_why IN ('delegate', 'erased', 'owner', 'ran_out')),
	CONSTRAINT pk_delegation PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_delegation_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_delegation_somebody_else CHECK (delegate_id <> owner_id),
	CONSTRAINT ck_delegation_accepted_by_somebody CHECK ((accepted_at IS NULL) = (delegate_id IS NULL)),
	CONSTRAINT fk_delegation_delegate_id FOREIGN KEY(delegate_id) REFERENCES person (id)
);
CREATE INDEX ix_delegation_delegate ON delegation (delegate_id);
CREATE INDEX ix_delegation_invitation ON delegation (invitation_digest);
CREATE INDEX ix_delegation_phone ON delegation (phone_digest);
CREATE UNIQUE INDEX uq_delegation_phone ON delegation (firm_id, checkup_id, phone_digest) WHERE ended_at IS NULL;
CREATE TABLE document (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	kind TEXT NOT NULL,
	locale TEXT NOT NULL,
	edition SMALLINT NOT NULL,
	owner_id UUID NOT NULL,
	content_hash TEXT NOT NULL,
	path TEXT NOT NULL,
	rendered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_document PRIMARY KEY (firm_id, checkup_id, kind, locale, edition),
	CONSTRAINT fk_document_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE edition (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	number SMALLINT NOT NULL,
	owner_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	lawyer_name TEXT NOT NULL,
	partner_id UUID,
	partner_name TEXT,
	sealed_content BYTEA NOT NULL,
	sealed_why BYTEA,
	content_hash TEXT NOT NULL,
	verify_number TEXT NOT NULL,
	signed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_edition PRIMARY KEY (firm_id, checkup_id, number),
	CONSTRAINT fk_edition_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_edition_two_people CHECK (partner_id <> lawyer_id),
	CONSTRAINT fk_edition_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id),
	CONSTRAINT fk_edition_partner_id FOREIGN KEY(partner_id) REFERENCES person (id)
);
CREATE TABLE finding (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	risk TEXT NOT NULL,
	owner_id UUID NOT NULL,
	place SMALLINT NOT NULL,
	domain TEXT NOT NULL,
	severity SMALLINT NOT NULL,
	likelihood DOUBLE PRECISION NOT NULL,
	lo DOUBLE PRECISION NOT NULL,
	hi DOUBLE PRECISION NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_finding_state CHECK (state IN ('found', 'hint', 'possible', 'unknown')),
	priority DOUBLE PRECISION NOT NULL,
	colour TEXT NOT NULL,
	points DOUBLE PRECISION NOT NULL,
	urgent BOOLEAN NOT NULL,
	due_on DATE,
	case_place SMALLINT,
	lawyer_action TEXT,
	lawyer_likelihood DOUBLE PRECISION,
	sealed_words BYTEA,
	decided_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_finding PRIMARY KEY (firm_id, checkup_id, risk),
	CONSTRAINT fk_finding_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE fix (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	risk TEXT NOT NULL,
	owner_id UUID NOT NULL,
	place SMALLINT NOT NULL,
	colour TEXT NOT NULL,
	urgent BOOLEAN NOT NULL,
	points DOUBLE PRECISION NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_fix_state CHECK (state IN ('accepted', 'claimed_done', 'confirmed', 'dropped', 'in_hand', 'open', 'reopened')),
	due_on DATE NOT NULL,
	due_by TEXT NOT NULL,
	law_due_on DATE,
	opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_fix PRIMARY KEY (firm_id, checkup_id, risk),
	CONSTRAINT fk_fix_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE INDEX ix_fix_due ON fix (firm_id, state, due_on);
CREATE TABLE fix_proof (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	risk TEXT NOT NULL,
	owner_id UUID NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_fix_proof PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_fix_proof_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE INDEX ix_fix_proof_checkup ON fix_proof (firm_id, checkup_id);
CREATE TABLE green_call (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_green_call_state CHECK (state IN ('done', 'held', 'ringing')),
	responsible_id UUID,
	responsible_name TEXT NOT NULL,
	rung SMALLINT NOT NULL,
	started_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	late_since TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_green_call PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_green_call_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_green_call_responsible_id FOREIGN KEY(responsible_id) REFERENCES person (id)
);
CREATE TABLE hour_entry (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	lawyer_name VARCHAR(200) NOT NULL,
	checkup_id UUID,
	owner_id UUID,
	category TEXT NOT NULL,
	source TEXT NOT NULL,
	day DATE NOT NULL,
	spans TSTZMULTIRANGE NOT NULL,
	minutes INTEGER NOT NULL,
	credited TSTZMULTIRANGE NOT NULL,
	credited_minutes INTEGER NOT NULL,
	place VARCHAR(200) NOT NULL,
	witness VARCHAR(200) NOT NULL,
	reference VARCHAR(200) NOT NULL,
	note TEXT NOT NULL,
	sealed_note BYTEA,
	corrects_id UUID,
	state TEXT NOT NULL CONSTRAINT ck_hour_entry_state CHECK (state IN ('confirmed', 'dropped', 'questioned', 'rejected', 'replaced', 'replied', 'sampled', 'submitted', 'suggested', 'upheld', 'verified')),
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	submitted_at TIMESTAMP WITH TIME ZONE,
	confirmed_at TIMESTAMP WITH TIME ZONE,
	confirmed_by TEXT NOT NULL,
	settled_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_hour_entry PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_hour_entry_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_hour_entry_firm_id_corrects_id FOREIGN KEY(firm_id, corrects_id) REFERENCES hour_entry (firm_id, id),
	CONSTRAINT ck_hour_entry_case_without_words CHECK (checkup_id IS NULL OR (place = '' AND witness = '' AND note = '')),
	CONSTRAINT ck_hour_entry_claims_something CHECK (NOT isempty(spans)),
	CONSTRAINT ck_hour_entry_credits_what_is_claimed CHECK (credited <@ spans),
	CONSTRAINT credited_once EXCLUDE USING gist (uuid_range(firm_id, firm_id, '[]') WITH &&, uuid_range(lawyer_id, lawyer_id, '[]') WITH &&, credited WITH &&),
	CONSTRAINT fk_hour_entry_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id),
	CONSTRAINT fk_hour_entry_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE INDEX ix_hour_entry_case ON hour_entry (firm_id, checkup_id);
CREATE INDEX ix_hour_entry_lawyer ON hour_entry (lawyer_id, day);
CREATE INDEX ix_hour_entry_state ON hour_entry (firm_id, state, day);
CREATE TABLE law_flag (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	change_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	risks TEXT NOT NULL,
	flagged_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answer TEXT NOT NULL,
	answered_by UUID,
	answered_at TIMESTAMP WITH TIME ZONE,
	sealed_words BYTEA,
	CONSTRAINT pk_law_flag PRIMARY KEY (firm_id, checkup_id, change_id),
	CONSTRAINT fk_law_flag_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_law_flag_change_id FOREIGN KEY(change_id) REFERENCES law_change (id)
);
CREATE TABLE lesson_taken (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	lesson TEXT NOT NULL,
	given_by TEXT NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE,
	done_at TIMESTAMP WITH TIME ZONE,
	answered_right SMALLINT,
	CONSTRAINT pk_lesson_taken PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_lesson_taken_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_lesson_taken_firm_id_checkup_id_lesson UNIQUE (firm_id, checkup_id, lesson)
);
CREATE TABLE licence_reading (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	source TEXT NOT NULL CONSTRAINT ck_licence_reading_source CHECK (source IN ('licence', 'register')),
	photo UUID,
	state TEXT NOT NULL CONSTRAINT ck_licence_reading_state CHECK (state IN ('failed', 'found', 'nothing', 'waiting')),
	sealed BYTEA,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	answered_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_licence_reading PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_licence_reading_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE paper_entry (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	station_id UUID NOT NULL,
	sheet_code TEXT NOT NULL,
	pack_version TEXT NOT NULL,
	signed_on DATE NOT NULL,
	shows TEXT NOT NULL CONSTRAINT ck_paper_entry_shows CHECK (shows IN ('findings', 'light')),
	first_by UUID NOT NULL,
	first_name VARCHAR(200) NOT NULL,
	first_at TIMESTAMP WITH TIME ZONE NOT NULL,
	second_by UUID,
	second_name VARCHAR(200),
	second_at TIMESTAMP WITH TIME ZONE,
	ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
	sealed BYTEA NOT NULL,
	CONSTRAINT pk_paper_entry PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_paper_entry_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_paper_entry_station_id FOREIGN KEY(station_id) REFERENCES station (id),
	CONSTRAINT fk_paper_entry_first_by FOREIGN KEY(first_by) REFERENCES person (id),
	CONSTRAINT fk_paper_entry_second_by FOREIGN KEY(second_by) REFERENCES person (id)
);
CREATE INDEX ix_paper_entry_station ON paper_entry (station_id);
CREATE TABLE part_key (
	firm_id UUID NOT NULL,
	part_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	wrapped_key BYTEA NOT NULL,
	CONSTRAINT pk_part_key PRIMARY KEY (firm_id, part_id),
	CONSTRAINT fk_part_key_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE progress (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_progress_state CHECK (state IN ('answering', 'closed', 'erased', 'in_review', 'signed', 'started', 'submitted', 'withdrawn')),
	review_wanted BOOLEAN NOT NULL,
	submitted_at TIMESTAMP WITH TIME ZONE,
	signed_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_progress PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_progress_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE INDEX ix_progress_signed ON progress (firm_id, signed_at);
CREATE TABLE rating (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	moment TEXT NOT NULL,
	useful SMALLINT NOT NULL,
	clear SMALLINT NOT NULL,
	kind SMALLINT NOT NULL,
	sealed_words BYTEA,
	wants_call BOOLEAN,
	rated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_rating PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_rating_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_rating_one_to_five CHECK (useful >= 1 AND useful <= 5 AND clear >= 1 AND clear <= 5 AND kind >= 1 AND kind <= 5)
);
CREATE TABLE referral (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	business_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	number TEXT NOT NULL,
	kind TEXT NOT NULL,
	service TEXT NOT NULL,
	topic TEXT NOT NULL,
	level TEXT NOT NULL,
	certificate TEXT,
	sealed_packet BYTEA NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_referral_state CHECK (state IN ('accepted', 'closed', 'declined', 'drafted', 'more_asked', 'offered', 'under_way', 'withdrawn')),
	drafted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	offered_at TIMESTAMP WITH TIME ZONE,
	due_on DATE,
	late_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	outcome TEXT,
	version INTEGER NOT NULL,
	CONSTRAINT pk_referral PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_referral_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_referral_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_referral_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_referral_checkup ON referral (firm_id, checkup_id);
CREATE INDEX ix_referral_provider ON referral (provider_id, state, due_on);
CREATE UNIQUE INDEX uq_referral_running ON referral (firm_id, checkup_id, topic) WHERE state IN ('accepted', 'more_asked', 'offered', 'under_way');
CREATE TABLE referral_hint (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	service TEXT NOT NULL,
	reference TEXT NOT NULL,
	given_by TEXT NOT NULL,
	given_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_referral_hint PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_referral_hint_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_referral_hint_firm_id_checkup_id_service_reference UNIQUE (firm_id, checkup_id, service, reference)
);
CREATE TABLE reminder (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	about TEXT NOT NULL,
	due_on DATE NOT NULL,
	owner_id UUID NOT NULL,
	sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_reminder PRIMARY KEY (firm_id, checkup_id, about, due_on),
	CONSTRAINT fk_reminder_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE reminder_wish (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	channel TEXT NOT NULL,
	days_before SMALLINT NOT NULL,
	sealed_address BYTEA,
	sealed_email BYTEA,
	changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_reminder_wish PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_reminder_wish_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE TABLE review (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_review_state CHECK (state IN ('accepted', 'answered', 'asked', 'conflict_checked', 'offered', 'pool', 'reassigned', 'returned', 'signed')),
	lawyer_id UUID,
	lawyer_name TEXT NOT NULL,
	sealed_advice BYTEA,
	version INTEGER NOT NULL,
	offered_until TIMESTAMP WITH TIME ZONE,
	offer_reasons TEXT NOT NULL,
	taken_at TIMESTAMP WITH TIME ZONE,
	touched_at TIMESTAMP WITH TIME ZONE NOT NULL,
	warned_at TIMESTAMP WITH TIME ZONE,
	edition SMALLINT NOT NULL,
	sealed_why BYTEA,
	first_signed_at TIMESTAMP WITH TIME ZONE,
	sent_back_at TIMESTAMP WITH TIME ZONE,
	signed_at TIMESTAMP WITH TIME ZONE,
	unread_at TIMESTAMP WITH TIME ZONE,
	told_at TIMESTAMP WITH TIME ZONE,
	stuck_since TIMESTAMP WITH TIME ZONE,
	reply_by DATE,
	CONSTRAINT pk_review PRIMARY KEY (firm_id, checkup_id),
	CONSTRAINT fk_review_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_review_lawyer_id FOREIGN KEY(lawyer_id) REFERENCES person (id)
);
CREATE INDEX ix_review_lawyer ON review (firm_id, lawyer_id);
CREATE TABLE review_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	kind TEXT NOT NULL,
	actor_id UUID,
	person_id UUID,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_review_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_review_event_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id)
);
CREATE INDEX ix_review_event_checkup ON review_event (firm_id, checkup_id);
CREATE TABLE scope_letter (
	firm_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	number SMALLINT NOT NULL,
	owner_id UUID NOT NULL,
	template_version TEXT NOT NULL,
	locale TEXT NOT NULL,
	sealed_text BYTEA NOT NULL,
	text_hash TEXT NOT NULL,
	accepted_how TEXT NOT NULL,
	accepted_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_scope_letter PRIMARY KEY (firm_id, checkup_id, number),
	CONSTRAINT fk_scope_letter_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_scope_letter_accepted_how CHECK (accepted_how IN ('phone', 'code'))
);
CREATE TABLE share (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	digest TEXT NOT NULL,
	level TEXT NOT NULL,
	sealed BYTEA NOT NULL,
	sealed_label BYTEA,
	made_at TIMESTAMP WITH TIME ZONE NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_share PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_share_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT uq_share_firm_id_digest UNIQUE (firm_id, digest)
);
CREATE INDEX ix_share_checkup ON share (firm_id, checkup_id);
CREATE INDEX ix_share_digest ON share (digest);
CREATE TABLE signing (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	edition SMALLINT NOT NULL,
	step TEXT NOT NULL,
	person_id UUID NOT NULL,
	person_name TEXT NOT NULL,
	sealed_content BYTEA,
	sealed_why BYTEA,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_signing PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_signing_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_signing_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_signing_checkup ON signing (firm_id, checkup_id);
CREATE TABLE waiver (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	business_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	policy_id UUID NOT NULL,
	number TEXT NOT NULL,
	case_number TEXT NOT NULL,
	locale TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_waiver_state CHECK (state IN ('appealed', 'applied', 'decided', 'granted', 'more_asked', 'recommended', 'refused', 'reset_asked', 'revoked', 'withdrawn')),
	answer TEXT NOT NULL,
	ground TEXT NOT NULL,
	wish TEXT NOT NULL,
	district TEXT NOT NULL,
	section TEXT NOT NULL,
	size TEXT NOT NULL,
	is_declared BOOLEAN NOT NULL,
	spot_check TEXT NOT NULL,
	applied_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE NOT NULL,
	days_left INTEGER,
	decided_at TIMESTAMP WITH TIME ZONE,
	decided_by UUID,
	decided_name TEXT NOT NULL,
	appeal_by UUID,
	appeal_name TEXT NOT NULL,
	outcome TEXT,
	relief TEXT,
	fee_kinds TEXT NOT NULL,
	basis_points INTEGER NOT NULL,
	months INTEGER NOT NULL,
	instalments INTEGER NOT NULL,
	cap_minor BIGINT,
	used_minor BIGINT NOT NULL,
	valid_from DATE,
	valid_until DATE,
	resets INTEGER NOT NULL,
	certificate_number TEXT,
	certificate_path TEXT,
	revoked_for TEXT NOT NULL,
	version INTEGER NOT NULL,
	CONSTRAINT pk_waiver PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_waiver_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_waiver_another_person CHECK (appeal_by <> decided_by),
	CONSTRAINT fk_waiver_owner_id FOREIGN KEY(owner_id) REFERENCES person (id),
	CONSTRAINT fk_waiver_policy_id FOREIGN KEY(policy_id) REFERENCES hardship_policy (id)
);
CREATE INDEX ix_waiver_checkup ON waiver (firm_id, checkup_id);
CREATE INDEX ix_waiver_state ON waiver (state, due_on);
CREATE UNIQUE INDEX uq_waiver_running ON waiver (firm_id, checkup_id) WHERE state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked');
CREATE TABLE work_wish (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	basis TEXT NOT NULL,
	listed UUID[] NOT NULL,
	chosen_id UUID NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_work_wish PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_work_wish_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT ck_work_wish_basis CHECK (basis IN ('list', 'own_wish')),
	CONSTRAINT ck_work_wish_at_least_three CHECK (basis = 'own_wish' OR cardinality(listed) >= 3)
);
CREATE INDEX ix_work_wish_checkup ON work_wish (firm_id, checkup_id);
CREATE TABLE assessment (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	draw_id UUID NOT NULL,
	period TEXT NOT NULL,
	entry_id UUID NOT NULL,
	assessor_id UUID NOT NULL,
	assessor_name VARCHAR(200) NOT NULL,
	packet JSON NOT NULL,
	marks JSON NOT NULL,
	reason TEXT NOT NULL,
	appointed_at TIMESTAMP WITH TIME ZONE NOT NULL,
	submitted_at TIMESTAMP WITH TIME ZONE,
	declined_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_assessment PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_assessment_firm_id_entry_id FOREIGN KEY(firm_id, entry_id) REFERENCES hour_entry (firm_id, id),
	CONSTRAINT uq_assessment_firm_id_entry_id_assessor_id UNIQUE (firm_id, entry_id, assessor_id),
	CONSTRAINT fk_assessment_draw_id FOREIGN KEY(draw_id) REFERENCES sample_draw (id)
);
CREATE INDEX ix_assessment_assessor ON assessment (assessor_id);
CREATE TABLE case_file (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	message_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	sealed_name BYTEA NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	content_hash TEXT NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_case_file PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_case_file_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_case_file_firm_id_message_id FOREIGN KEY(firm_id, message_id) REFERENCES case_message (firm_id, id)
);
CREATE INDEX ix_case_file_checkup ON case_file (firm_id, checkup_id);
CREATE TABLE fee (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	business_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	provider_id UUID,
	referral_id UUID,
	number TEXT NOT NULL,
	kind TEXT NOT NULL,
	service TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	lines TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_fee_state CHECK (state IN ('declined', 'offered', 'owed', 'settled')),
	certificate TEXT,
	plans SMALLINT NOT NULL,
	offered_by UUID,
	offered_at TIMESTAMP WITH TIME ZONE NOT NULL,
	accepted_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_fee PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_fee_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_fee_firm_id_business_id FOREIGN KEY(firm_id, business_id) REFERENCES business (firm_id, id),
	CONSTRAINT fk_fee_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT uq_fee_firm_id_number UNIQUE (firm_id, number),
	CONSTRAINT ck_fee_amount CHECK (amount_minor > 0),
	CONSTRAINT fk_fee_owner_id FOREIGN KEY(owner_id) REFERENCES person (id),
	CONSTRAINT fk_fee_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_fee_checkup ON fee (firm_id, checkup_id);
CREATE INDEX ix_fee_referral ON fee (firm_id, referral_id);
CREATE UNIQUE INDEX uq_fee_referral ON fee (firm_id, referral_id) WHERE state <> 'declined';
CREATE TABLE fix_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	risk TEXT NOT NULL,
	owner_id UUID NOT NULL,
	actor_id UUID,
	by TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	sealed_why BYTEA,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_fix_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_fix_event_firm_id_checkup_id_risk FOREIGN KEY(firm_id, checkup_id, risk) REFERENCES fix (firm_id, checkup_id, risk)
);
CREATE INDEX ix_fix_event_checkup ON fix_event (firm_id, checkup_id);
CREATE TABLE hour_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	entry_id UUID NOT NULL,
	lawyer_id UUID NOT NULL,
	actor_id UUID,
	actor_kind TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	why TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_hour_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_hour_event_firm_id_entry_id FOREIGN KEY(firm_id, entry_id) REFERENCES hour_entry (firm_id, id)
);
CREATE INDEX ix_hour_event_entry ON hour_event (firm_id, entry_id);
CREATE TABLE mediation (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	referral_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	number TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_mediation_state CHECK (state IN ('appointing', 'asked', 'confirmed', 'drafted', 'failed', 'invited', 'lapsed', 'left', 'refused', 'seated', 'signed', 'willing')),
	sealed_told BYTEA NOT NULL,
	mediator_id UUID,
	disclosure TEXT NOT NULL,
	owner_accepts BOOLEAN NOT NULL,
	other_accepts BOOLEAN NOT NULL,
	meets_at TIMESTAMP WITH TIME ZONE,
	sealed_place BYTEA,
	owner_opens BOOLEAN NOT NULL,
	other_opens BOOLEAN NOT NULL,
	offers_opened_at TIMESTAMP WITH TIME ZONE,
	sealed_agreement BYTEA,
	owner_code TEXT,
	other_code TEXT,
	owner_signed_at TIMESTAMP WITH TIME ZONE,
	other_signed_at TIMESTAMP WITH TIME ZONE,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	due_on DATE,
	late_at TIMESTAMP WITH TIME ZONE,
	ended_at TIMESTAMP WITH TIME ZONE,
	version INTEGER NOT NULL,
	CONSTRAINT pk_mediation PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_mediation_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_mediation_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT ck_mediation_both_open CHECK (offers_opened_at IS NULL OR (owner_opens AND other_opens)),
	CONSTRAINT ck_mediation_both_accept CHECK (state NOT IN ('confirmed', 'drafted', 'lapsed', 'seated', 'signed') OR (owner_accepts AND other_accepts)),
	CONSTRAINT ck_mediation_both_signed CHECK (state NOT IN ('confirmed', 'lapsed', 'signed') OR (owner_signed_at IS NOT NULL AND other_signed_at IS NOT NULL)),
	CONSTRAINT fk_mediation_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id),
	CONSTRAINT fk_mediation_mediator_id FOREIGN KEY(mediator_id) REFERENCES provider_person (id)
);
CREATE INDEX ix_mediation_provider ON mediation (provider_id, state);
CREATE UNIQUE INDEX uq_mediation_running ON mediation (firm_id, referral_id) WHERE state IN ('appointing', 'asked', 'drafted', 'invited', 'seated', 'willing');
CREATE TABLE referral_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	referral_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	side TEXT NOT NULL,
	actor_name TEXT NOT NULL,
	step TEXT NOT NULL,
	reason TEXT NOT NULL,
	sealed_words BYTEA,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_referral_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_referral_event_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_referral_event_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT fk_referral_event_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_referral_event ON referral_event (firm_id, referral_id);
CREATE TABLE referral_file (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	referral_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	sealed_name BYTEA NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_referral_file PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_referral_file_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_referral_file_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT fk_referral_file_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_referral_file ON referral_file (firm_id, referral_id);
CREATE TABLE referral_link (
	firm_id UUID NOT NULL,
	digest TEXT NOT NULL,
	referral_id UUID NOT NULL,
	provider_id UUID NOT NULL,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	used_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_referral_link PRIMARY KEY (firm_id, digest),
	CONSTRAINT fk_referral_link_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT fk_referral_link_provider_id FOREIGN KEY(provider_id) REFERENCES provider (id)
);
CREATE INDEX ix_referral_link ON referral_link (firm_id, referral_id);
CREATE TABLE referral_rating (
	firm_id UUID NOT NULL,
	referral_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	helped SMALLINT NOT NULL,
	kind SMALLINT NOT NULL,
	rated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_referral_rating PRIMARY KEY (firm_id, referral_id),
	CONSTRAINT fk_referral_rating_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_referral_rating_firm_id_referral_id FOREIGN KEY(firm_id, referral_id) REFERENCES referral (firm_id, id),
	CONSTRAINT ck_referral_rating_one_to_five CHECK (helped >= 1 AND helped <= 5 AND kind >= 1 AND kind <= 5)
);
CREATE INDEX ix_referral_rating_checkup ON referral_rating (firm_id, checkup_id);
CREATE TABLE share_key (
	firm_id UUID NOT NULL,
	share_id UUID NOT NULL,
	salt BYTEA NOT NULL,
	CONSTRAINT pk_share_key PRIMARY KEY (firm_id, share_id),
	CONSTRAINT fk_share_key_firm_id_share_id FOREIGN KEY(firm_id, share_id) REFERENCES share (firm_id, id)
);
CREATE TABLE share_opening (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	share_id UUID NOT NULL,
	device TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_share_opening PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_share_opening_firm_id_share_id FOREIGN KEY(firm_id, share_id) REFERENCES share (firm_id, id)
);
CREATE INDEX ix_share_opening_share ON share_opening (firm_id, share_id);
CREATE TABLE waiver_content (
	firm_id UUID NOT NULL,
	waiver_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	sealed BYTEA NOT NULL,
	CONSTRAINT pk_waiver_content PRIMARY KEY (firm_id, waiver_id),
	CONSTRAINT fk_waiver_content_firm_id_waiver_id FOREIGN KEY(firm_id, waiver_id) REFERENCES waiver (firm_id, id)
);
CREATE TABLE waiver_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	waiver_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	actor_id UUID,
	actor_name TEXT NOT NULL,
	role TEXT NOT NULL,
	move TEXT NOT NULL,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_waiver_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_waiver_event_firm_id_waiver_id FOREIGN KEY(firm_id, waiver_id) REFERENCES waiver (firm_id, id)
);
CREATE TABLE waiver_evidence (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	waiver_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	paper TEXT NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_waiver_evidence PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_waiver_evidence_firm_id_waiver_id FOREIGN KEY(firm_id, waiver_id) REFERENCES waiver (firm_id, id)
);
CREATE TABLE invoice (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	fee_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	place SMALLINT NOT NULL,
	parts SMALLINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	due_on DATE NOT NULL,
	account TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_invoice_state CHECK (state IN ('open', 'paid', 'pending', 'refused', 'void', 'voiding')),
	tries SMALLINT NOT NULL,
	planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
	stripe_invoice TEXT,
	stripe_payment TEXT,
	pay_url TEXT,
	paid_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_invoice PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_invoice_firm_id_fee_id FOREIGN KEY(firm_id, fee_id) REFERENCES fee (firm_id, id),
	CONSTRAINT uq_invoice_firm_id_stripe_invoice UNIQUE (firm_id, stripe_invoice),
	CONSTRAINT ck_invoice_amount CHECK (amount_minor > 0)
);
CREATE INDEX ix_invoice_fee ON invoice (firm_id, fee_id);
CREATE INDEX ix_invoice_state ON invoice (state);
CREATE TABLE mediation_event (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	mediation_id UUID NOT NULL,
	side TEXT NOT NULL,
	actor_name TEXT NOT NULL,
	step TEXT NOT NULL,
	sealed_words BYTEA,
	was TEXT NOT NULL,
	became TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_mediation_event PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_mediation_event_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_mediation_event_firm_id_mediation_id FOREIGN KEY(firm_id, mediation_id) REFERENCES mediation (firm_id, id)
);
CREATE INDEX ix_mediation_event ON mediation_event (firm_id, mediation_id);
CREATE TABLE mediation_offer (
	firm_id UUID NOT NULL,
	mediation_id UUID NOT NULL,
	side TEXT NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	sealed_offer BYTEA NOT NULL,
	put_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_mediation_offer PRIMARY KEY (firm_id, mediation_id, side),
	CONSTRAINT fk_mediation_offer_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_mediation_offer_firm_id_mediation_id FOREIGN KEY(firm_id, mediation_id) REFERENCES mediation (firm_id, id)
);
CREATE TABLE mediation_paper (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	mediation_id UUID NOT NULL,
	side TEXT NOT NULL,
	is_shared BOOLEAN NOT NULL,
	sealed_name BYTEA NOT NULL,
	media_type TEXT NOT NULL,
	size INTEGER NOT NULL,
	path TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_mediation_paper PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_mediation_paper_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_mediation_paper_firm_id_mediation_id FOREIGN KEY(firm_id, mediation_id) REFERENCES mediation (firm_id, id)
);
CREATE INDEX ix_mediation_paper ON mediation_paper (firm_id, mediation_id);
CREATE TABLE mediation_rating (
	firm_id UUID NOT NULL,
	mediation_id UUID NOT NULL,
	checkup_id UUID NOT NULL,
	helped SMALLINT NOT NULL,
	kind SMALLINT NOT NULL,
	rated_at TIMESTAMP WITH TIME ZONE NOT NULL,
	CONSTRAINT pk_mediation_rating PRIMARY KEY (firm_id, mediation_id),
	CONSTRAINT fk_mediation_rating_firm_id_checkup_id FOREIGN KEY(firm_id, checkup_id) REFERENCES checkup (firm_id, id),
	CONSTRAINT fk_mediation_rating_firm_id_mediation_id FOREIGN KEY(firm_id, mediation_id) REFERENCES mediation (firm_id, id),
	CONSTRAINT ck_mediation_rating_one_to_five CHECK (helped >= 1 AND helped <= 5 AND kind >= 1 AND kind <= 5)
);
CREATE INDEX ix_mediation_rating_checkup ON mediation_rating (firm_id, checkup_id);
CREATE TABLE mediation_seat (
	firm_id UUID NOT NULL,
	digest TEXT NOT NULL,
	mediation_id UUID NOT NULL,
	code TEXT,
	held_digest TEXT,
	expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
	ended_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_mediation_seat PRIMARY KEY (firm_id, digest),
	CONSTRAINT fk_mediation_seat_firm_id_mediation_id FOREIGN KEY(firm_id, mediation_id) REFERENCES mediation (firm_id, id),
	CONSTRAINT uq_mediation_seat_held_digest UNIQUE (held_digest)
);
CREATE INDEX ix_mediation_seat ON mediation_seat (firm_id, mediation_id);
CREATE TABLE posting (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	key TEXT NOT NULL,
	kind TEXT NOT NULL,
	fee_id UUID,
	owner_id UUID,
	debit TEXT NOT NULL,
	credit TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	at TIMESTAMP WITH TIME ZONE NOT NULL,
	why TEXT NOT NULL,
	CONSTRAINT pk_posting PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_posting_firm_id_fee_id FOREIGN KEY(firm_id, fee_id) REFERENCES fee (firm_id, id),
	CONSTRAINT uq_posting_firm_id_key UNIQUE (firm_id, key),
	CONSTRAINT ck_posting_amount CHECK (amount_minor > 0),
	CONSTRAINT ck_posting_two_accounts CHECK (debit <> credit),
	CONSTRAINT fk_posting_firm_id FOREIGN KEY(firm_id) REFERENCES firm (id)
);
CREATE INDEX ix_posting_fee ON posting (firm_id, fee_id);
CREATE TABLE refund (
	firm_id UUID NOT NULL,
	id UUID NOT NULL,
	invoice_id UUID NOT NULL,
	fee_id UUID NOT NULL,
	owner_id UUID NOT NULL,
	kind TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	state TEXT NOT NULL CONSTRAINT ck_refund_state CHECK (state IN ('done', 'pending', 'refused')),
	tries SMALLINT NOT NULL,
	stripe_refund TEXT,
	asked_by UUID,
	asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
	done_at TIMESTAMP WITH TIME ZONE,
	CONSTRAINT pk_refund PRIMARY KEY (firm_id, id),
	CONSTRAINT fk_refund_firm_id_invoice_id FOREIGN KEY(firm_id, invoice_id) REFERENCES invoice (firm_id, id),
	CONSTRAINT fk_refund_firm_id_fee_id FOREIGN KEY(firm_id, fee_id) REFERENCES fee (firm_id, id),
	CONSTRAINT uq_refund_firm_id_stripe_refund UNIQUE (firm_id, stripe_refund),
	CONSTRAINT ck_refund_amount CHECK (amount_minor > 0)
);
CREATE INDEX ix_refund_invoice ON refund (firm_id, invoice_id);

-- functions and triggers

CREATE OR REPLACE FUNCTION app_bureaus() RETURNS SETOF uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH RECURSIVE part AS (
    SELECT id FROM public.bureau WHERE id = app_bureau()
    UNION ALL SELECT child.id FROM public.bureau child JOIN part ON child.parent_id = part.id
  ) SELECT id FROM part $$;
CREATE OR REPLACE FUNCTION app_heads() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.bureau_post
    WHERE bureau_id = app_bureau() AND person_id = app_person() AND role = 'head') $$;
CREATE OR REPLACE FUNCTION app_is_chief() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.provider_post
    WHERE provider_id = app_provider() AND person_id = app_person() AND role = 'chief') $$;
CREATE OR REPLACE FUNCTION app_helps() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.helper_post p JOIN public.station s ON s.id = p.station_id
    JOIN public.duty_receipt d ON d.station_id = p.station_id AND d.person_id = p.person_id
    WHERE p.station_id = app_station() AND p.person_id = app_person() AND s.state = 'admitted') $$;
CREATE OR REPLACE FUNCTION app_may_help(station uuid, helper uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM public.helper_post p JOIN public.station s ON s.id = p.station_id
    JOIN public.duty_receipt d ON d.station_id = p.station_id AND d.person_id = p.person_id
    WHERE p.station_id = $1 AND p.person_id = $2 AND s.state = 'admitted') $$;
REVOKE ALL ON FUNCTION app_may_help(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_may_help(uuid, uuid) TO famai_owner;
CREATE OR REPLACE FUNCTION app_has_colleague() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM helper_post p
    WHERE p.station_id = app_station() AND p.person_id <> app_person()
    AND app_may_help(p.station_id, p.person_id)) $$;
REVOKE ALL ON FUNCTION app_has_colleague() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_has_colleague() TO famai_helper;
CREATE OR REPLACE FUNCTION app_is_principal() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (SELECT 1 FROM public.partner_post
    WHERE partner_id = app_partner() AND person_id = app_person() AND role = 'principal') $$;
CREATE OR REPLACE FUNCTION famai_tell_partner() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('tell_partner', jsonb_build_object('event_id', NEW.id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell_partner AFTER INSERT ON partner_event
FOR EACH ROW WHEN (NEW.became IN ('refused', 'suspended', 'left') OR NEW.was = 'suspended') EXECUTE FUNCTION famai_tell_partner();
CREATE OR REPLACE FUNCTION app_link_standing() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN c.state = 'ended' OR (app_now() AT TIME ZONE 'Asia/Shanghai')::date > c.ends_on THEN 'over'
    WHEN (app_now() AT TIME ZONE 'Asia/Shanghai')::date < c.begins_on THEN 'early'
    WHEN l.stopped_at IS NOT NULL THEN 'stopped'
    WHEN c.by_firm IS NOT NULL AND NOT EXISTS (SELECT 1 FROM firm f WHERE f.id = c.by_firm AND f.state IN ('admitted', 'active')) THEN 'paused'
    WHEN l.cap > 0 AND l.cap <= coalesce((SELECT u.used FROM campaign_link_use u WHERE u.link_id = l.id), 0)
      THEN 'full'
    WHEN c.budget > 0 AND c.budget <= coalesce((SELECT sum(s.count) FROM campaign_step s JOIN campaign_link o ON o.id = s.link_id
      WHERE o.campaign_id = c.id AND s.step = 'lawyer' AND (c.by_firm IS NULL OR s.at_firm = c.by_firm)), 0) THEN 'full'
    ELSE 'open' END
  FROM campaign_link l JOIN campaign c ON c.id = l.campaign_id
  WHERE l.code = app_token() AND c.state IN ('running', 'ended') $$;
REVOKE ALL ON FUNCTION app_link_standing() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_link_standing() TO famai_public;
GRANT EXECUTE ON FUNCTION app_link_standing() TO famai_owner;
CREATE OR REPLACE FUNCTION app_take_link() RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE held campaign_link; standing text;
BEGIN
  SELECT * INTO held FROM campaign_link WHERE code = app_token();
  IF held.cap > 0 THEN
    PERFORM pg_advisory_xact_lock(hashtextextended('link:' || held.id::text, 0));
  END IF;
  standing := app_link_standing();
  IF standing = 'open' AND held.cap > 0 THEN
    INSERT INTO campaign_link_use (link_id, used) VALUES (held.id, 1)
      ON CONFLICT (link_id) DO UPDATE SET used = campaign_link_use.used + 1;
  END IF;
  RETURN standing;
END $$;
REVOKE ALL ON FUNCTION app_take_link() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_take_link() TO famai_owner;
CREATE OR REPLACE FUNCTION famai_count_screens(seen jsonb) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO screen_count (day, channel, link_id, screen, count)
    SELECT (app_now() AT TIME ZONE 'Asia/Shanghai')::date, s.channel, s.link_id, s.screen, s.count
    FROM jsonb_to_recordset(seen) AS s(channel text, link_id uuid, screen text, count int) ORDER BY 2, 3, 4
    ON CONFLICT (day, channel, link_id, screen) DO UPDATE SET count = screen_count.count + excluded.count $$;
REVOKE ALL ON FUNCTION famai_count_screens(jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_count_screens(jsonb) TO famai_public;
CREATE OR REPLACE FUNCTION app_campaign_readers(link uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT f.reader_id FROM campaign_link l
    JOIN campaign c ON c.id = l.campaign_id JOIN campaign_firm f ON f.campaign_id = c.id
  WHERE l.id = link AND c.state = 'running' AND (app_now() AT TIME ZONE 'Asia/Shanghai')::date BETWEEN c.begins_on AND c.ends_on AND NOT (c.budget > 0 AND c.budget <= coalesce((SELECT sum(s.count) FROM campaign_step s JOIN campaign_link o ON o.id = s.link_id
      WHERE o.campaign_id = c.id AND s.step = 'lawyer' AND (c.by_firm IS NULL OR s.at_firm = c.by_firm)), 0))
    AND f.quota > coalesce((SELECT sum(s.count) FROM campaign_step s JOIN campaign_link o ON o.id = s.link_id
      WHERE o.campaign_id = c.id AND s.step = 'lawyer' AND s.at_firm = f.reader_id), 0) $$;
REVOKE ALL ON FUNCTION app_campaign_readers(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_campaign_readers(uuid) TO famai_owner;
CREATE OR REPLACE FUNCTION famai_count_steps() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE before int := NEW.link_step; reached int := 1;
BEGIN
  IF TG_OP = 'UPDATE' THEN before := OLD.link_step; END IF;
  IF NEW.submitted_at IS NOT NULL THEN reached := 2; END IF;
  IF reached = 2 AND NEW.review_wanted THEN reached := 3; END IF;
  IF NEW.signed_at IS NOT NULL THEN reached := 4; END IF;
  NEW.link_step := greatest(before, reached, NEW.link_step);
  FOR n IN before + 1 .. NEW.link_step LOOP
    INSERT INTO campaign_step (day, link_id, at_firm, step, count)
      VALUES ((app_now() AT TIME ZONE 'Asia/Shanghai')::date, NEW.link_id, NEW.firm_id, (ARRAY['started', 'finished', 'lawyer', 'signed', 'fixed'])[n], 1)
      ON CONFLICT (day, link_id, at_firm, step) DO UPDATE SET count = campaign_step.count + 1;
  END LOOP;
  RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER count_steps
BEFORE INSERT OR UPDATE OF submitted_at, review_wanted, signed_at, link_step ON checkup
FOR EACH ROW WHEN (NEW.link_id IS NOT NULL) EXECUTE FUNCTION famai_count_steps();
CREATE OR REPLACE FUNCTION famai_count_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE checkup SET link_step = 5
    WHERE firm_id = NEW.firm_id AND id = NEW.checkup_id AND link_id IS NOT NULL AND link_step = 4;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER count_fixed AFTER UPDATE OF state ON fix
FOR EACH ROW WHEN (NEW.state IN ('claimed_done', 'confirmed')) EXECUTE FUNCTION famai_count_fixed();
CREATE OR REPLACE FUNCTION app_gathering_room(gathering uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE
    WHEN g.state = 'cancelled' THEN 'cancelled'
    WHEN g.state <> 'announced' OR g.ends_at <= app_now() THEN 'over'
    WHEN g.seats <= (SELECT count(*) FROM gathering_seat s WHERE s.gathering_id = g.id AND s.state = 'held') OR 0 < (SELECT count(*) FROM gathering_seat s WHERE s.gathering_id = g.id AND s.state = 'waiting') THEN 'full'
    ELSE 'open' END
  FROM gathering g WHERE g.id = gathering $$;
REVOKE ALL ON FUNCTION app_gathering_room(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_gathering_room(uuid) TO famai_public;
CREATE OR REPLACE FUNCTION app_take_seat(gathering uuid) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('gathering:' || gathering::text, 0));
  RETURN app_gathering_room(gathering);
END $$;
REVOKE ALL ON FUNCTION app_take_seat(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_take_seat(uuid) TO famai_public;
CREATE OR REPLACE FUNCTION famai_seat_left() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('fill_seats', jsonb_build_object('gathering_id', NEW.gathering_id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER seat_left AFTER UPDATE OF state ON gathering_seat
FOR EACH ROW WHEN (NEW.state = 'left') EXECUTE FUNCTION famai_seat_left();
CREATE OR REPLACE FUNCTION famai_follow_gathering() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('follow_gathering', jsonb_build_object('event_id', NEW.id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER follow_gathering AFTER INSERT ON gathering_event
FOR EACH ROW WHEN (NEW.was <> '') EXECUTE FUNCTION famai_follow_gathering();
CREATE OR REPLACE FUNCTION famai_mail_invitation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('mail_invitation', jsonb_build_object('invitation_id', NEW.id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER mail_invitation AFTER INSERT ON invitation
FOR EACH ROW WHEN (NEW.firm_id IS NULL) EXECUTE FUNCTION famai_mail_invitation();
CREATE OR REPLACE FUNCTION app_takes_referrals(body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM provider p WHERE p.id = body AND p.state = 'admitted'
    AND (p.email <> '' OR EXISTS (SELECT 1 FROM provider_post o WHERE o.provider_id = p.id))
    AND (p.capacity = 0 OR p.capacity > (SELECT count(*) FROM referral r
      WHERE r.provider_id = p.id AND r.state IN ('offered', 'accepted', 'under_way', 'more_asked')))) $$;
REVOKE ALL ON FUNCTION app_takes_referrals(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_takes_referrals(uuid) TO famai_owner;
CREATE OR REPLACE FUNCTION app_takes_place(body uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('provider:' || body::text, 0));
  RETURN app_takes_referrals(body);
END $$;
REVOKE ALL ON FUNCTION app_takes_place(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_takes_place(uuid) TO famai_owner;
CREATE OR REPLACE FUNCTION app_holds_talks(body uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM provider p JOIN provider_post o ON o.provider_id = p.id
    WHERE p.id = body AND p.state = 'admitted') $$;
REVOKE ALL ON FUNCTION app_holds_talks(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_holds_talks(uuid) TO famai_owner;
CREATE OR REPLACE FUNCTION famai_follow_referral() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('follow_referral', jsonb_build_object('firm_id', NEW.firm_id, 'event_id', NEW.id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER follow_referral AFTER INSERT ON referral_event
FOR EACH ROW EXECUTE FUNCTION famai_follow_referral();
CREATE OR REPLACE FUNCTION famai_follow_mediation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('follow_mediation', jsonb_build_object('firm_id', NEW.firm_id, 'event_id', NEW.id));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER follow_mediation AFTER INSERT ON mediation_event
FOR EACH ROW EXECUTE FUNCTION famai_follow_mediation();
CREATE OR REPLACE FUNCTION app_station_reaches(bureau uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH RECURSIVE part AS (
    SELECT s.bureau_id AS id FROM public.station s WHERE s.id = app_station()
    UNION ALL SELECT child.id FROM public.bureau child JOIN part ON child.parent_id = part.id
  ) SELECT $1 IN (SELECT id FROM part) $$;
REVOKE ALL ON FUNCTION app_station_reaches(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_station_reaches(uuid) TO famai_helper;
CREATE OR REPLACE FUNCTION famai_follow_case_tickets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM case_ticket WHERE firm_id = NEW.firm_id AND checkup_id = NEW.checkup_id) THEN
    PERFORM famai_enqueue('follow_case_tickets',
      jsonb_build_object('firm_id', NEW.firm_id, 'checkup_id', NEW.checkup_id));
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER follow_case_tickets AFTER INSERT ON case_ticket FOR EACH ROW EXECUTE FUNCTION famai_follow_case_tickets();
CREATE OR REPLACE TRIGGER follow_case_tickets AFTER INSERT OR UPDATE OF state ON review FOR EACH ROW EXECUTE FUNCTION famai_follow_case_tickets();
CREATE OR REPLACE FUNCTION famai_tell_of_ticket() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('tell_of_ticket', jsonb_build_object('number', NEW.number));
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER tell_of_ticket AFTER INSERT ON ticket_offer
FOR EACH ROW EXECUTE FUNCTION famai_tell_of_ticket();
CREATE OR REPLACE FUNCTION app_takes_owners(firm uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM membership WHERE firm_id = firm AND role IN ('lawyer', 'partner'))
    AND EXISTS (SELECT 1 FROM on_call WHERE firm_id = firm) $$;
CREATE OR REPLACE FUNCTION famai_audit(
  firm uuid, act text, about uuid, owner uuid, actor uuid, actor_name text, why text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head audit_head; at_utc timestamptz := clock_timestamp(); sealed text;
BEGIN
  IF current_setting('role') IN ('famai_auth', 'famai_owner', 'famai_firm')
      AND firm IS DISTINCT FROM app_firm() THEN
    RAISE insufficient_privilege USING MESSAGE = 'of one''s own firm alone';
  END IF;
  IF current_setting('role') = 'famai_bureau' AND firm IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM public.firm f WHERE f.id = firm AND f.bureau_id IN (SELECT app_bureaus())) THEN
    RAISE insufficient_privilege USING MESSAGE = 'of the firms of one''s own part alone';
  END IF;
  INSERT INTO audit_head (firm_id, number, hash) VALUES (firm, 0, '') ON CONFLICT DO NOTHING;
  SELECT * INTO head FROM audit_head WHERE firm_id = firm FOR UPDATE;
  sealed := encode(sha256(convert_to(jsonb_build_array(
    firm, head.number + 1, to_char(at_utc AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    actor, actor_name, act, about, owner, why, head.hash)::text, 'UTF8')), 'hex');
  INSERT INTO audit_entry (firm_id, number, at, actor_id, actor_name, act, about_id, owner_id, why, previous_hash, hash)
    VALUES (firm, head.number + 1, at_utc, actor, actor_name, act, about, owner, why, head.hash, sealed);
  UPDATE audit_head SET number = head.number + 1, hash = sealed WHERE firm_id = firm;
  RETURN head.number + 1;
END $$;
CREATE OR REPLACE FUNCTION famai_progress() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO progress (firm_id, checkup_id, owner_id, state, review_wanted, submitted_at, signed_at)
    VALUES (NEW.firm_id, NEW.id, NEW.owner_id, NEW.state, NEW.review_wanted, NEW.submitted_at, NEW.signed_at)
    ON CONFLICT (firm_id, checkup_id) DO UPDATE SET state = NEW.state, review_wanted = NEW.review_wanted,
      submitted_at = NEW.submitted_at, signed_at = NEW.signed_at;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER keep_progress
AFTER INSERT OR UPDATE OF state, review_wanted, submitted_at, signed_at ON checkup
FOR EACH ROW EXECUTE FUNCTION famai_progress();
CREATE OR REPLACE FUNCTION famai_only_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'postings are only added, never changed'; END $$;
CREATE OR REPLACE TRIGGER only_add BEFORE UPDATE OR DELETE ON posting FOR EACH ROW EXECUTE FUNCTION famai_only_add();
CREATE OR REPLACE FUNCTION app_is_vouched(firm uuid, business uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT 1 FROM business b JOIN person p ON p.id = b.owner_id
    WHERE b.firm_id = firm AND b.id = $2 AND p.phone_digest IS NOT NULL
    AND b.firm_id <> '00000000-0000-7000-8000-000000012348'
    AND (SELECT count(*) FROM business o WHERE o.owner_id = b.owner_id AND o.id < b.id
      AND o.firm_id <> '00000000-0000-7000-8000-000000012348') < 3) $$;
REVOKE ALL ON FUNCTION app_is_vouched(uuid, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_is_vouched(uuid, uuid) TO famai_worker;
CREATE OR REPLACE FUNCTION famai_vouching() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM famai_enqueue('count_business', jsonb_build_object('firm_id', b.firm_id, 'business_id', b.id))
    FROM business b WHERE b.owner_id = NEW.id;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER count_again AFTER UPDATE OF phone_digest ON person
FOR EACH ROW WHEN (OLD.phone_digest IS DISTINCT FROM NEW.phone_digest) EXECUTE FUNCTION famai_vouching();
CREATE OR REPLACE FUNCTION famai_recount() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.checkup_id IS NOT NULL THEN
    PERFORM famai_enqueue('count_checkup', jsonb_build_object('firm_id', NEW.firm_id, 'checkup_id', NEW.checkup_id));
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER count_again AFTER UPDATE OF state ON fix FOR EACH ROW EXECUTE FUNCTION famai_recount();
CREATE OR REPLACE TRIGGER count_again AFTER INSERT OR UPDATE ON rating FOR EACH ROW EXECUTE FUNCTION famai_recount();
CREATE OR REPLACE TRIGGER count_again AFTER UPDATE OF state, relief, used_minor ON waiver FOR EACH ROW EXECUTE FUNCTION famai_recount();
CREATE OR REPLACE TRIGGER count_again AFTER UPDATE OF state, credited_minutes ON hour_entry FOR EACH ROW EXECUTE FUNCTION famai_recount();
REVOKE ALL ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) TO famai_auth;
GRANT EXECUTE ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) TO famai_owner;
GRANT EXECUTE ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) TO famai_firm;
GRANT EXECUTE ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) TO famai_bureau;
GRANT EXECUTE ON FUNCTION famai_audit(uuid, text, uuid, uuid, uuid, text, text) TO famai_worker;

-- grants and policies

ALTER TABLE bureau ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau FORCE ROW LEVEL SECURITY;
GRANT SELECT ON bureau TO famai_public;
CREATE POLICY public_select ON bureau FOR SELECT TO famai_public USING (true);
GRANT SELECT ON bureau TO famai_bureau;
CREATE POLICY bureau_select ON bureau FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON bureau TO famai_firm;
CREATE POLICY firm_select ON bureau FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON bureau TO famai_partner;
CREATE POLICY partner_select ON bureau FOR SELECT TO famai_partner USING (true);
GRANT SELECT ON bureau TO famai_owner;
CREATE POLICY owner_select ON bureau FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON bureau TO famai_worker;
CREATE POLICY worker_select ON bureau FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON bureau TO famai_client;
CREATE POLICY client_select ON bureau FOR SELECT TO famai_client USING (true);
GRANT SELECT ON bureau TO famai_operator;
CREATE POLICY operator_select ON bureau FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON bureau TO famai_operator;
CREATE POLICY operator_insert ON bureau FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON bureau TO famai_operator;
CREATE POLICY operator_update ON bureau FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE backup_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE backup_run FORCE ROW LEVEL SECURITY;
GRANT SELECT ON backup_run TO famai_worker;
CREATE POLICY worker_select ON backup_run FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON backup_run TO famai_worker;
CREATE POLICY worker_insert ON backup_run FOR INSERT TO famai_worker WITH CHECK (true);
GRANT SELECT ON backup_run TO famai_operator;
CREATE POLICY operator_select ON backup_run FOR SELECT TO famai_operator USING (true);
ALTER TABLE key_copy ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_copy FORCE ROW LEVEL SECURITY;
GRANT SELECT ON key_copy TO famai_worker;
CREATE POLICY worker_select ON key_copy FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON key_copy TO famai_worker;
CREATE POLICY worker_insert ON key_copy FOR INSERT TO famai_worker WITH CHECK (true);
ALTER TABLE known_calendar ENABLE ROW LEVEL SECURITY;
ALTER TABLE known_calendar FORCE ROW LEVEL SECURITY;
GRANT SELECT ON known_calendar TO famai_worker;
CREATE POLICY worker_select ON known_calendar FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON known_calendar TO famai_worker;
CREATE POLICY worker_insert ON known_calendar FOR INSERT TO famai_worker WITH CHECK (true);
ALTER TABLE bureau_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau_post FORCE ROW LEVEL SECURITY;
GRANT SELECT ON bureau_post TO famai_auth;
CREATE POLICY auth_select ON bureau_post FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT SELECT ON bureau_post TO famai_bureau;
CREATE POLICY bureau_select ON bureau_post FOR SELECT TO famai_bureau USING (person_id = app_person() OR bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON bureau_post TO famai_bureau;
CREATE POLICY bureau_insert ON bureau_post FOR INSERT TO famai_bureau WITH CHECK (app_heads() AND bureau_id IN (SELECT app_bureaus()));
GRANT DELETE ON bureau_post TO famai_bureau;
CREATE POLICY bureau_delete ON bureau_post FOR DELETE TO famai_bureau USING (app_heads() AND bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE (role) ON bureau_post TO famai_bureau;
CREATE POLICY bureau_update ON bureau_post FOR UPDATE TO famai_bureau USING (app_heads() AND bureau_id IN (SELECT app_bureaus())) WITH CHECK (app_heads() AND bureau_id IN (SELECT app_bureaus()));
GRANT SELECT ON bureau_post TO famai_worker;
CREATE POLICY worker_select ON bureau_post FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON bureau_post TO famai_operator;
CREATE POLICY operator_select ON bureau_post FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON bureau_post TO famai_operator;
CREATE POLICY operator_insert ON bureau_post FOR INSERT TO famai_operator WITH CHECK (true);
GRANT DELETE ON bureau_post TO famai_operator;
CREATE POLICY operator_delete ON bureau_post FOR DELETE TO famai_operator USING (true);
ALTER TABLE firm ENABLE ROW LEVEL SECURITY;
ALTER TABLE firm FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON firm AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON firm TO famai_public;
CREATE POLICY public_select ON firm FOR SELECT TO famai_public USING (state IN ('admitted', 'active', 'suspended', 'reception'));
GRANT INSERT ON firm TO famai_public;
CREATE POLICY public_insert ON firm FOR INSERT TO famai_public WITH CHECK (state = 'applied' AND wrapped_key IS NULL);
GRANT SELECT ON firm TO famai_owner;
CREATE POLICY owner_select ON firm FOR SELECT TO famai_owner USING (id = app_firm() OR state IN ('admitted', 'active'));
GRANT SELECT (id, slug, state, bureau_id, district) ON firm TO famai_client;
CREATE POLICY client_select ON firm FOR SELECT TO famai_client USING (state = 'active');
GRANT SELECT ON firm TO famai_firm;
CREATE POLICY firm_select ON firm FOR SELECT TO famai_firm USING (id = app_firm() OR id IN (SELECT firm_id FROM membership));
GRANT UPDATE (slug, intro, intro_en, phone, address, colour, hours, waiting_days, languages, logo_id, keep_days, take_days, review_days, reply_days, answer_days, revisit_months) ON firm TO famai_firm;
CREATE POLICY firm_update ON firm FOR UPDATE TO famai_firm USING (id = app_firm()) WITH CHECK (id = app_firm());
GRANT SELECT (id, wrapped_key) ON firm TO famai_provider;
CREATE POLICY provider_select ON firm FOR SELECT TO famai_provider USING (id IN (SELECT firm_id FROM referral));
GRANT SELECT (id, slug, name, name_en, phone, state, wrapped_key) ON firm TO famai_helper;
CREATE POLICY helper_select ON firm FOR SELECT TO famai_helper USING (id IN (SELECT firm_id FROM assistance));
GRANT SELECT (id, slug, name, name_en, phone, state, wrapped_key) ON firm TO famai_delegate;
CREATE POLICY delegate_select ON firm FOR SELECT TO famai_delegate USING (id IN (SELECT firm_id FROM delegation WHERE accepted_at IS NOT NULL));
GRANT SELECT ON firm TO famai_bureau;
CREATE POLICY bureau_select ON firm FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) AND state <> 'reception');
GRANT UPDATE (state, wrapped_key, bureau_id, review_on) ON firm TO famai_bureau;
CREATE POLICY bureau_update ON firm FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) AND state <> 'reception') WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND state <> 'reception');
GRANT SELECT ON firm TO famai_worker;
CREATE POLICY worker_select ON firm FOR SELECT TO famai_worker USING (id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE (rated_well, rated_not_well) ON firm TO famai_worker;
CREATE POLICY worker_update ON firm FOR UPDATE TO famai_worker USING (app_firm() IS NULL) WITH CHECK (app_firm() IS NULL);
GRANT SELECT ON firm TO famai_operator;
CREATE POLICY operator_select ON firm FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON firm TO famai_operator;
CREATE POLICY operator_insert ON firm FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON firm TO famai_operator;
CREATE POLICY operator_update ON firm FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE firm_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE firm_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON firm_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT INSERT ON firm_event TO famai_public;
CREATE POLICY public_insert ON firm_event FOR INSERT TO famai_public WITH CHECK (became = 'applied');
GRANT SELECT ON firm_event TO famai_firm;
CREATE POLICY firm_select ON firm_event FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON firm_event TO famai_bureau;
CREATE POLICY bureau_select ON firm_event FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON firm_event TO famai_bureau;
CREATE POLICY bureau_insert ON firm_event FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON upload AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON upload TO famai_public;
CREATE POLICY public_select ON upload FOR SELECT TO famai_public USING (purpose = 'logo');
GRANT INSERT ON upload TO famai_public;
CREATE POLICY public_insert ON upload FOR INSERT TO famai_public WITH CHECK (purpose = 'application');
GRANT SELECT ON upload TO famai_firm;
CREATE POLICY firm_select ON upload FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON upload TO famai_firm;
CREATE POLICY firm_insert ON upload FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON upload TO famai_bureau;
CREATE POLICY bureau_select ON upload FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON upload TO famai_worker;
CREATE POLICY worker_select ON upload FOR SELECT TO famai_worker USING (firm_id = app_firm() AND purpose = 'logo');
ALTER TABLE operator_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE operator_post FORCE ROW LEVEL SECURITY;
GRANT SELECT ON operator_post TO famai_auth;
CREATE POLICY auth_select ON operator_post FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT SELECT ON operator_post TO famai_operator;
CREATE POLICY operator_select ON operator_post FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON operator_post TO famai_operator;
CREATE POLICY operator_insert ON operator_post FOR INSERT TO famai_operator WITH CHECK (true);
GRANT DELETE ON operator_post TO famai_operator;
CREATE POLICY operator_delete ON operator_post FOR DELETE TO famai_operator USING (true);
ALTER TABLE post_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE post_event FORCE ROW LEVEL SECURITY;
GRANT INSERT ON post_event TO famai_auth;
CREATE POLICY auth_insert ON post_event FOR INSERT TO famai_auth WITH CHECK (person_id = app_person() AND became <> '' AND (provider_id IN (SELECT provider_id FROM invitation) OR partner_id IN (SELECT partner_id FROM invitation)));
GRANT SELECT ON post_event TO famai_provider;
CREATE POLICY provider_select ON post_event FOR SELECT TO famai_provider USING (provider_id = app_provider());
GRANT INSERT ON post_event TO famai_provider;
CREATE POLICY provider_insert ON post_event FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND app_is_chief());
GRANT SELECT ON post_event TO famai_partner;
CREATE POLICY partner_select ON post_event FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT INSERT ON post_event TO famai_partner;
CREATE POLICY partner_insert ON post_event FOR INSERT TO famai_partner WITH CHECK (partner_id = app_partner() AND app_is_principal());
GRANT SELECT ON post_event TO famai_bureau;
CREATE POLICY bureau_select ON post_event FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON post_event TO famai_bureau;
CREATE POLICY bureau_insert ON post_event FOR INSERT TO famai_bureau WITH CHECK (app_heads() AND bureau_id IN (SELECT app_bureaus()));
GRANT SELECT ON post_event TO famai_operator;
CREATE POLICY operator_select ON post_event FOR SELECT TO famai_operator USING (bureau_id IS NULL AND provider_id IS NULL AND partner_id IS NULL);
GRANT INSERT ON post_event TO famai_operator;
CREATE POLICY operator_insert ON post_event FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE person ENABLE ROW LEVEL SECURITY;
ALTER TABLE person FORCE ROW LEVEL SECURITY;
GRANT SELECT ON person TO famai_public;
CREATE POLICY public_select ON person FOR SELECT TO famai_public USING (phone_digest = app_token() OR (kind = 'guest' AND email IS NULL AND id = app_person()));
GRANT INSERT ON person TO famai_public;
CREATE POLICY public_insert ON person FOR INSERT TO famai_public WITH CHECK (phone_digest = app_token() OR (kind = 'guest' AND email IS NULL AND id = app_person()));
GRANT SELECT ON person TO famai_auth;
CREATE POLICY auth_select ON person FOR SELECT TO famai_auth USING (id = app_person() OR email = app_token());
GRANT INSERT ON person TO famai_auth;
CREATE POLICY auth_insert ON person FOR INSERT TO famai_auth WITH CHECK (kind = 'staff' AND email = app_token());
GRANT UPDATE (weekly_mail, locale) ON person TO famai_auth;
CREATE POLICY auth_update ON person FOR UPDATE TO famai_auth USING (id = app_person()) WITH CHECK (id = app_person());
GRANT SELECT ON person TO famai_owner;
CREATE POLICY owner_select ON person FOR SELECT TO famai_owner USING (id = app_person());
GRANT UPDATE (phone_digest) ON person TO famai_owner;
CREATE POLICY owner_update ON person FOR UPDATE TO famai_owner USING (id = app_person()) WITH CHECK (id = app_person());
GRANT SELECT ON person TO famai_firm;
CREATE POLICY firm_select ON person FOR SELECT TO famai_firm USING (id = app_person() OR id IN (SELECT person_id FROM membership));
GRANT SELECT ON person TO famai_provider;
CREATE POLICY provider_select ON person FOR SELECT TO famai_provider USING (id = app_person() OR id IN (SELECT person_id FROM provider_post));
GRANT SELECT ON person TO famai_partner;
CREATE POLICY partner_select ON person FOR SELECT TO famai_partner USING (id = app_person() OR id IN (SELECT person_id FROM partner_post));
GRANT SELECT ON person TO famai_bureau;
CREATE POLICY bureau_select ON person FOR SELECT TO famai_bureau USING (id = app_person() OR id IN (SELECT person_id FROM bureau_post WHERE bureau_id IN (SELECT app_bureaus())) OR id IN (SELECT person_id FROM provider_post) OR id IN (SELECT person_id FROM partner_post) OR id IN (SELECT person_id FROM helper_post));
GRANT UPDATE (name) ON person TO famai_bureau;
CREATE POLICY bureau_update ON person FOR UPDATE TO famai_bureau USING (app_heads() AND id IN (SELECT person_id FROM bureau_post WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (app_heads() AND id IN (SELECT person_id FROM bureau_post WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON person TO famai_delegate;
CREATE POLICY delegate_select ON person FOR SELECT TO famai_delegate USING (id = app_person());
GRANT SELECT ON person TO famai_helper;
CREATE POLICY helper_select ON person FOR SELECT TO famai_helper USING (id = app_person());
GRANT SELECT ON person TO famai_operator;
CREATE POLICY operator_select ON person FOR SELECT TO famai_operator USING (id IN (SELECT person_id FROM operator_post));
GRANT UPDATE (name) ON person TO famai_operator;
CREATE POLICY operator_update ON person FOR UPDATE TO famai_operator USING (id IN (SELECT person_id FROM operator_post)) WITH CHECK (id IN (SELECT person_id FROM operator_post));
GRANT SELECT (id, name, email, weekly_mail, locale) ON person TO famai_worker;
CREATE POLICY worker_select ON person FOR SELECT TO famai_worker USING (id = app_person() OR id IN (SELECT person_id FROM membership WHERE firm_id = app_firm()) OR id IN (SELECT person_id FROM bureau_post) OR id IN (SELECT person_id FROM provider_post));
ALTER TABLE credential ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential FORCE ROW LEVEL SECURITY;
GRANT SELECT ON credential TO famai_auth;
CREATE POLICY auth_select ON credential FOR SELECT TO famai_auth USING (person_id = app_person() OR person_id IN (SELECT id FROM person WHERE email = app_token()));
GRANT INSERT ON credential TO famai_auth;
CREATE POLICY auth_insert ON credential FOR INSERT TO famai_auth WITH CHECK (person_id = app_person() OR person_id IN (SELECT id FROM person WHERE email = app_token()));
GRANT UPDATE ON credential TO famai_auth;
CREATE POLICY auth_update ON credential FOR UPDATE TO famai_auth USING (person_id = app_person()) WITH CHECK (person_id = app_person());
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE membership FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON membership AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON membership TO famai_auth;
CREATE POLICY auth_select ON membership FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT INSERT ON membership TO famai_auth;
CREATE POLICY auth_insert ON membership FOR INSERT TO famai_auth WITH CHECK (person_id = app_person() AND (firm_id, role) IN (SELECT firm_id, role FROM invitation));
GRANT SELECT ON membership TO famai_firm;
CREATE POLICY firm_select ON membership FOR SELECT TO famai_firm USING (firm_id = app_firm() OR person_id = app_person());
GRANT SELECT ON membership TO famai_worker;
CREATE POLICY worker_select ON membership FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT SELECT (firm_id, person_id, role) ON membership TO famai_bureau;
CREATE POLICY bureau_select ON membership FOR SELECT TO famai_bureau USING (role IN ('lawyer', 'partner') AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON membership TO famai_firm;
CREATE POLICY firm_delete ON membership FOR DELETE TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE (is_junior) ON membership TO famai_firm;
CREATE POLICY firm_update ON membership FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON membership TO famai_operator;
CREATE POLICY operator_select ON membership FOR SELECT TO famai_operator USING (true);
ALTER TABLE login_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE login_session FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON login_session AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON login_session TO famai_auth;
CREATE POLICY auth_select ON login_session FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT INSERT ON login_session TO famai_auth;
CREATE POLICY auth_insert ON login_session FOR INSERT TO famai_auth WITH CHECK (person_id = app_person());
GRANT UPDATE ON login_session TO famai_auth;
CREATE POLICY auth_update ON login_session FOR UPDATE TO famai_auth USING (person_id = app_person()) WITH CHECK (person_id = app_person());
GRANT SELECT ON login_session TO famai_public;
CREATE POLICY public_select ON login_session FOR SELECT TO famai_public USING (digest = app_token());
GRANT UPDATE (seen_at) ON login_session TO famai_public;
CREATE POLICY public_update ON login_session FOR UPDATE TO famai_public USING (digest = app_token()) WITH CHECK (digest = app_token());
GRANT SELECT (firm_id, person_id, ended_at) ON login_session TO famai_firm;
CREATE POLICY firm_select ON login_session FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE (ended_at) ON login_session TO famai_firm;
CREATE POLICY firm_update ON login_session FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT (provider_id, person_id, ended_at) ON login_session TO famai_provider;
CREATE POLICY provider_select ON login_session FOR SELECT TO famai_provider USING (provider_id = app_provider());
GRANT UPDATE (ended_at) ON login_session TO famai_provider;
CREATE POLICY provider_update ON login_session FOR UPDATE TO famai_provider USING (provider_id = app_provider() AND app_is_chief()) WITH CHECK (provider_id = app_provider() AND app_is_chief());
GRANT SELECT (partner_id, person_id, ended_at) ON login_session TO famai_partner;
CREATE POLICY partner_select ON login_session FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT UPDATE (ended_at) ON login_session TO famai_partner;
CREATE POLICY partner_update ON login_session FOR UPDATE TO famai_partner USING (partner_id = app_partner() AND app_is_principal()) WITH CHECK (partner_id = app_partner() AND app_is_principal());
GRANT SELECT (provider_id, partner_id, station_id, person_id, ended_at) ON login_session TO famai_bureau;
CREATE POLICY bureau_select ON login_session FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) OR partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())) OR station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (ended_at) ON login_session TO famai_bureau;
CREATE POLICY bureau_update ON login_session FOR UPDATE TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) OR partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())) OR station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) OR partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())) OR station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT (began_at) ON login_session TO famai_worker;
CREATE POLICY worker_select ON login_session FOR SELECT TO famai_worker USING (began_at < app_now() - interval '90 days');
GRANT DELETE ON login_session TO famai_worker;
CREATE POLICY worker_delete ON login_session FOR DELETE TO famai_worker USING (began_at < app_now() - interval '90 days');
ALTER TABLE owner_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE owner_session FORCE ROW LEVEL SECURITY;
GRANT INSERT ON owner_session TO famai_auth;
CREATE POLICY auth_insert ON owner_session FOR INSERT TO famai_auth WITH CHECK (person_id = app_person());
GRANT SELECT ON owner_session TO famai_public;
CREATE POLICY public_select ON owner_session FOR SELECT TO famai_public USING (digest = app_token());
GRANT DELETE ON owner_session TO famai_public;
CREATE POLICY public_delete ON owner_session FOR DELETE TO famai_public USING (digest = app_token());
GRANT UPDATE (seen_at) ON owner_session TO famai_public;
CREATE POLICY public_update ON owner_session FOR UPDATE TO famai_public USING (digest = app_token()) WITH CHECK (digest = app_token());
GRANT SELECT (id, person_id, device, began_at, seen_at) ON owner_session TO famai_self;
CREATE POLICY self_select ON owner_session FOR SELECT TO famai_self USING (person_id = app_person());
GRANT DELETE ON owner_session TO famai_self;
CREATE POLICY self_delete ON owner_session FOR DELETE TO famai_self USING (person_id = app_person());
GRANT SELECT (seen_at) ON owner_session TO famai_worker;
CREATE POLICY worker_select ON owner_session FOR SELECT TO famai_worker USING (seen_at < app_now() - interval '30 days');
GRANT DELETE ON owner_session TO famai_worker;
CREATE POLICY worker_delete ON owner_session FOR DELETE TO famai_worker USING (seen_at < app_now() - interval '30 days');
ALTER TABLE sign_in_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_in_link FORCE ROW LEVEL SECURITY;
GRANT SELECT ON sign_in_link TO famai_auth;
CREATE POLICY auth_select ON sign_in_link FOR SELECT TO famai_auth USING (digest = app_token() OR person_id = app_person());
GRANT INSERT ON sign_in_link TO famai_auth;
CREATE POLICY auth_insert ON sign_in_link FOR INSERT TO famai_auth WITH CHECK (person_id = app_person());
GRANT DELETE ON sign_in_link TO famai_auth;
CREATE POLICY auth_delete ON sign_in_link FOR DELETE TO famai_auth USING (person_id = app_person());
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitation FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON invitation AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON invitation TO famai_auth;
CREATE POLICY auth_select ON invitation FOR SELECT TO famai_auth USING (digest = app_token());
GRANT UPDATE (used_at) ON invitation TO famai_auth;
CREATE POLICY auth_update ON invitation FOR UPDATE TO famai_auth USING (digest = app_token()) WITH CHECK (digest = app_token());
GRANT SELECT ON invitation TO famai_firm;
CREATE POLICY firm_select ON invitation FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON invitation TO famai_firm;
CREATE POLICY firm_insert ON invitation FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON invitation TO famai_firm;
CREATE POLICY firm_update ON invitation FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON invitation TO famai_provider;
CREATE POLICY provider_select ON invitation FOR SELECT TO famai_provider USING (provider_id = app_provider() AND app_is_chief());
GRANT INSERT ON invitation TO famai_provider;
CREATE POLICY provider_insert ON invitation FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND app_is_chief());
GRANT UPDATE ON invitation TO famai_provider;
CREATE POLICY provider_update ON invitation FOR UPDATE TO famai_provider USING (provider_id = app_provider() AND app_is_chief()) WITH CHECK (provider_id = app_provider() AND app_is_chief());
GRANT SELECT ON invitation TO famai_partner;
CREATE POLICY partner_select ON invitation FOR SELECT TO famai_partner USING (partner_id = app_partner() AND app_is_principal());
GRANT INSERT ON invitation TO famai_partner;
CREATE POLICY partner_insert ON invitation FOR INSERT TO famai_partner WITH CHECK (partner_id = app_partner() AND app_is_principal());
GRANT UPDATE ON invitation TO famai_partner;
CREATE POLICY partner_update ON invitation FOR UPDATE TO famai_partner USING (partner_id = app_partner() AND app_is_principal()) WITH CHECK (partner_id = app_partner() AND app_is_principal());
GRANT SELECT ON invitation TO famai_bureau;
CREATE POLICY bureau_select ON invitation FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) OR provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) OR partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON invitation TO famai_bureau;
CREATE POLICY bureau_insert ON invitation FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) OR provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) OR partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON invitation TO famai_worker;
CREATE POLICY worker_select ON invitation FOR SELECT TO famai_worker USING (firm_id IS NULL);
ALTER TABLE passkey ENABLE ROW LEVEL SECURITY;
ALTER TABLE passkey FORCE ROW LEVEL SECURITY;
GRANT SELECT ON passkey TO famai_auth;
CREATE POLICY auth_select ON passkey FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT INSERT ON passkey TO famai_auth;
CREATE POLICY auth_insert ON passkey FOR INSERT TO famai_auth WITH CHECK (person_id = app_person());
GRANT UPDATE ON passkey TO famai_auth;
CREATE POLICY auth_update ON passkey FOR UPDATE TO famai_auth USING (person_id = app_person()) WITH CHECK (person_id = app_person());
GRANT DELETE ON passkey TO famai_auth;
CREATE POLICY auth_delete ON passkey FOR DELETE TO famai_auth USING (person_id = app_person());
ALTER TABLE attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempt FORCE ROW LEVEL SECURITY;
GRANT SELECT ON attempt TO famai_public;
CREATE POLICY public_select ON attempt FOR SELECT TO famai_public USING (key = app_token());
GRANT INSERT ON attempt TO famai_public;
CREATE POLICY public_insert ON attempt FOR INSERT TO famai_public WITH CHECK (key = app_token());
GRANT UPDATE ON attempt TO famai_public;
CREATE POLICY public_update ON attempt FOR UPDATE TO famai_public USING (key = app_token()) WITH CHECK (key = app_token());
GRANT SELECT (counted_from) ON attempt TO famai_worker;
CREATE POLICY worker_select ON attempt FOR SELECT TO famai_worker USING (counted_from < app_now() - interval '2 days');
GRANT DELETE ON attempt TO famai_worker;
CREATE POLICY worker_delete ON attempt FOR DELETE TO famai_worker USING (counted_from < app_now() - interval '2 days');
ALTER TABLE rate_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE rate_count FORCE ROW LEVEL SECURITY;
GRANT SELECT ON rate_count TO famai_public;
CREATE POLICY public_select ON rate_count FOR SELECT TO famai_public USING (key = app_token());
GRANT INSERT ON rate_count TO famai_public;
CREATE POLICY public_insert ON rate_count FOR INSERT TO famai_public WITH CHECK (key = app_token());
GRANT UPDATE ON rate_count TO famai_public;
CREATE POLICY public_update ON rate_count FOR UPDATE TO famai_public USING (key = app_token()) WITH CHECK (key = app_token());
GRANT SELECT ON rate_count TO famai_worker;
CREATE POLICY worker_select ON rate_count FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON rate_count TO famai_worker;
CREATE POLICY worker_delete ON rate_count FOR DELETE TO famai_worker USING (true);
ALTER TABLE business ENABLE ROW LEVEL SECURITY;
ALTER TABLE business FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON business AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON business TO famai_owner;
CREATE POLICY owner_select ON business FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON business TO famai_owner;
CREATE POLICY owner_insert ON business FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON business TO famai_owner;
CREATE POLICY owner_update ON business FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON business TO famai_firm;
CREATE POLICY firm_select ON business FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON business TO famai_firm;
CREATE POLICY firm_insert ON business FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON business TO famai_firm;
CREATE POLICY firm_update ON business FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON business TO famai_worker;
CREATE POLICY worker_select ON business FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON business TO famai_worker;
CREATE POLICY worker_insert ON business FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON business TO famai_worker;
CREATE POLICY worker_update ON business FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON business TO famai_self;
CREATE POLICY self_select ON business FOR SELECT TO famai_self USING (owner_id = app_person());
GRANT SELECT ON business TO famai_helper;
CREATE POLICY helper_select ON business FOR SELECT TO famai_helper USING ((firm_id, id) IN (SELECT firm_id, business_id FROM checkup));
GRANT UPDATE (form, staff, staff_to, revenue, revenue_to, assets, assets_to, unsaid, size) ON business TO famai_helper;
CREATE POLICY helper_update ON business FOR UPDATE TO famai_helper USING ((firm_id, id) IN (SELECT firm_id, business_id FROM checkup WHERE (firm_id, id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND state IN ('started', 'answering'))) WITH CHECK ((firm_id, id) IN (SELECT firm_id, business_id FROM checkup WHERE (firm_id, id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND state IN ('started', 'answering')));
GRANT SELECT ON business TO famai_delegate;
CREATE POLICY delegate_select ON business FOR SELECT TO famai_delegate USING ((firm_id, id) IN (SELECT firm_id, business_id FROM checkup));
ALTER TABLE business_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE business_change FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON business_change AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON business_change TO famai_owner;
CREATE POLICY owner_select ON business_change FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON business_change TO famai_owner;
CREATE POLICY owner_insert ON business_change FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON business_change TO famai_owner;
CREATE POLICY owner_delete ON business_change FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON business_change TO famai_firm;
CREATE POLICY firm_select ON business_change FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON business_change TO famai_worker;
CREATE POLICY worker_select ON business_change FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON business_change TO famai_worker;
CREATE POLICY worker_delete ON business_change FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE business_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE business_source FORCE ROW LEVEL SECURITY;
GRANT SELECT ON business_source TO famai_owner;
CREATE POLICY owner_select ON business_source FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON business_source TO famai_owner;
CREATE POLICY owner_insert ON business_source FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON business_source TO famai_owner;
CREATE POLICY owner_update ON business_source FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON business_source TO famai_owner;
CREATE POLICY owner_delete ON business_source FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON business_source TO famai_worker;
CREATE POLICY worker_select ON business_source FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON business_source TO famai_worker;
CREATE POLICY worker_delete ON business_source FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON consent AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON consent TO famai_owner;
CREATE POLICY owner_select ON consent FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON consent TO famai_owner;
CREATE POLICY owner_insert ON consent FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON consent TO famai_owner;
CREATE POLICY owner_update ON consent FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON consent TO famai_firm;
CREATE POLICY firm_select ON consent FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON consent TO famai_firm;
CREATE POLICY firm_insert ON consent FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON consent TO famai_firm;
CREATE POLICY firm_update ON consent FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON consent TO famai_worker;
CREATE POLICY worker_select ON consent FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON consent TO famai_worker;
CREATE POLICY worker_insert ON consent FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON consent TO famai_worker;
CREATE POLICY worker_update ON consent FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
ALTER TABLE message FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON message AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT INSERT ON message TO famai_owner;
CREATE POLICY owner_insert ON message FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON message TO famai_owner;
CREATE POLICY owner_select ON message FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON message TO famai_firm;
CREATE POLICY firm_insert ON message FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON message TO famai_firm;
CREATE POLICY firm_select ON message FOR SELECT TO famai_firm USING (firm_id = app_firm() AND template <> 'complaint_opened');
GRANT INSERT ON message TO famai_bureau;
CREATE POLICY bureau_insert ON message FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON message TO famai_worker;
CREATE POLICY worker_select ON message FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON message TO famai_worker;
CREATE POLICY worker_insert ON message FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON message TO famai_worker;
CREATE POLICY worker_update ON message FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON message TO famai_worker;
CREATE POLICY worker_delete ON message FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT (firm_id, id, channel, template, queued_at, delivered_at, tries, fault, failed_at, instead_of) ON message TO famai_operator;
CREATE POLICY operator_select ON message FOR SELECT TO famai_operator USING (true);
GRANT UPDATE (failed_at, queued_at, tries) ON message TO famai_operator;
CREATE POLICY operator_update ON message FOR UPDATE TO famai_operator USING (delivered_at IS NULL) WITH CHECK (delivered_at IS NULL);
ALTER TABLE verification ENABLE ROW LEVEL SECURITY;
ALTER TABLE verification FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON verification AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON verification TO famai_public;
CREATE POLICY public_select ON verification FOR SELECT TO famai_public USING (number = app_token());
GRANT INSERT ON verification TO famai_firm;
CREATE POLICY firm_insert ON verification FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON verification TO famai_firm;
CREATE POLICY firm_select ON verification FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE (state, replaced_by) ON verification TO famai_firm;
CREATE POLICY firm_update ON verification FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON verification TO famai_worker;
CREATE POLICY worker_select ON verification FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON verification TO famai_worker;
CREATE POLICY worker_update ON verification FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON verification TO famai_bureau;
CREATE POLICY bureau_select ON verification FOR SELECT TO famai_bureau USING (kind = 'waiver' AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON verification TO famai_bureau;
CREATE POLICY bureau_insert ON verification FOR INSERT TO famai_bureau WITH CHECK (kind = 'waiver' AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE ON verification TO famai_bureau;
CREATE POLICY bureau_update ON verification FOR UPDATE TO famai_bureau USING (kind = 'waiver' AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (kind = 'waiver' AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON verification TO famai_provider;
CREATE POLICY provider_select ON verification FOR SELECT TO famai_provider USING (kind = 'waiver' AND number IN (SELECT certificate FROM referral));
GRANT SELECT ON verification TO famai_owner;
CREATE POLICY owner_select ON verification FOR SELECT TO famai_owner USING (kind = 'waiver' AND number IN (SELECT certificate_number FROM waiver));
ALTER TABLE resume_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE resume_code FORCE ROW LEVEL SECURITY;
GRANT SELECT ON resume_code TO famai_public;
CREATE POLICY public_select ON resume_code FOR SELECT TO famai_public USING (digest = app_token());
GRANT SELECT ON resume_code TO famai_owner;
CREATE POLICY owner_select ON resume_code FOR SELECT TO famai_owner USING (person_id = app_person());
GRANT INSERT ON resume_code TO famai_owner;
CREATE POLICY owner_insert ON resume_code FOR INSERT TO famai_owner WITH CHECK (person_id = app_person());
GRANT UPDATE ON resume_code TO famai_owner;
CREATE POLICY owner_update ON resume_code FOR UPDATE TO famai_owner USING (person_id = app_person()) WITH CHECK (person_id = app_person());
GRANT DELETE ON resume_code TO famai_owner;
CREATE POLICY owner_delete ON resume_code FOR DELETE TO famai_owner USING (person_id = app_person());
GRANT SELECT ON resume_code TO famai_worker;
CREATE POLICY worker_select ON resume_code FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON resume_code TO famai_worker;
CREATE POLICY worker_delete ON resume_code FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON audit_entry AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON audit_entry TO famai_owner;
CREATE POLICY owner_select ON audit_entry FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON audit_entry TO famai_firm;
CREATE POLICY firm_select ON audit_entry FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT (firm_id, number, at, actor_name, act, about_id, why, previous_hash, hash) ON audit_entry TO famai_bureau;
CREATE POLICY bureau_select ON audit_entry FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON audit_entry TO famai_operator;
CREATE POLICY operator_select ON audit_entry FOR SELECT TO famai_operator USING (true);
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON audit_head AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON audit_head TO famai_firm;
CREATE POLICY firm_select ON audit_head FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON audit_head TO famai_bureau;
CREATE POLICY bureau_select ON audit_head FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON audit_head TO famai_operator;
CREATE POLICY operator_select ON audit_head FOR SELECT TO famai_operator USING (true);
ALTER TABLE provider ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider FORCE ROW LEVEL SECURITY;
GRANT SELECT ON provider TO famai_public;
CREATE POLICY public_select ON provider FOR SELECT TO famai_public USING (true);
GRANT SELECT ON provider TO famai_owner;
CREATE POLICY owner_select ON provider FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON provider TO famai_firm;
CREATE POLICY firm_select ON provider FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON provider TO famai_bureau;
CREATE POLICY bureau_select ON provider FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON provider TO famai_worker;
CREATE POLICY worker_select ON provider FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON provider TO famai_provider;
CREATE POLICY provider_select ON provider FOR SELECT TO famai_provider USING (id = app_provider());
GRANT UPDATE (phone, email, address, hours, serves, services, languages, capacity, waiting_days) ON provider TO famai_provider;
CREATE POLICY provider_update ON provider FOR UPDATE TO famai_provider USING (id = app_provider() AND app_is_chief()) WITH CHECK (id = app_provider() AND app_is_chief());
GRANT INSERT ON provider TO famai_bureau;
CREATE POLICY bureau_insert ON provider FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND state = 'admitted' AND stripe_account IS NULL);
GRANT UPDATE (phone, email, address, hours, serves, services, languages, capacity, waiting_days, bureau_id, name, name_en, district, takes_certificates, state) ON provider TO famai_bureau;
CREATE POLICY bureau_update ON provider FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) OR bureau_id IS NULL) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT SELECT ON provider TO famai_operator;
CREATE POLICY operator_select ON provider FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON provider TO famai_operator;
CREATE POLICY operator_insert ON provider FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON provider TO famai_operator;
CREATE POLICY operator_update ON provider FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE provider_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_event FORCE ROW LEVEL SECURITY;
GRANT SELECT ON provider_event TO famai_bureau;
CREATE POLICY bureau_select ON provider_event FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON provider_event TO famai_bureau;
CREATE POLICY bureau_insert ON provider_event FOR INSERT TO famai_bureau WITH CHECK (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON provider_event TO famai_provider;
CREATE POLICY provider_select ON provider_event FOR SELECT TO famai_provider USING (provider_id = app_provider());
ALTER TABLE provider_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_person FORCE ROW LEVEL SECURITY;
GRANT SELECT ON provider_person TO famai_public;
CREATE POLICY public_select ON provider_person FOR SELECT TO famai_public USING (is_active AND provider_id IN (SELECT id FROM provider WHERE state = 'admitted'));
GRANT SELECT ON provider_person TO famai_owner;
CREATE POLICY owner_select ON provider_person FOR SELECT TO famai_owner USING (is_active AND provider_id IN (SELECT id FROM provider WHERE state = 'admitted'));
GRANT SELECT ON provider_person TO famai_firm;
CREATE POLICY firm_select ON provider_person FOR SELECT TO famai_firm USING (is_active AND provider_id IN (SELECT id FROM provider WHERE state = 'admitted'));
GRANT SELECT ON provider_person TO famai_worker;
CREATE POLICY worker_select ON provider_person FOR SELECT TO famai_worker USING (is_active AND provider_id IN (SELECT id FROM provider WHERE state = 'admitted'));
GRANT SELECT ON provider_person TO famai_bureau;
CREATE POLICY bureau_select ON provider_person FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON provider_person TO famai_provider;
CREATE POLICY provider_select ON provider_person FOR SELECT TO famai_provider USING (provider_id = app_provider());
GRANT INSERT ON provider_person TO famai_provider;
CREATE POLICY provider_insert ON provider_person FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND app_is_chief());
GRANT UPDATE ON provider_person TO famai_provider;
CREATE POLICY provider_update ON provider_person FOR UPDATE TO famai_provider USING (provider_id = app_provider() AND app_is_chief()) WITH CHECK (provider_id = app_provider() AND app_is_chief());
ALTER TABLE referral ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON referral AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON referral TO famai_owner;
CREATE POLICY owner_select ON referral FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON referral TO famai_owner;
CREATE POLICY owner_insert ON referral FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON referral TO famai_owner;
CREATE POLICY owner_update ON referral FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON referral TO famai_owner;
CREATE POLICY owner_delete ON referral FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person() AND state = 'drafted');
GRANT SELECT ON referral TO famai_firm;
CREATE POLICY firm_select ON referral FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = referral.firm_id AND c.checkup_id = referral.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = referral.firm_id AND g.checkup_id = referral.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON referral TO famai_worker;
CREATE POLICY worker_select ON referral FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON referral TO famai_worker;
CREATE POLICY worker_update ON referral FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON referral TO famai_worker;
CREATE POLICY worker_delete ON referral FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON referral TO famai_provider;
CREATE POLICY provider_select ON referral FOR SELECT TO famai_provider USING (provider_id = app_provider() AND offered_at IS NOT NULL AND (app_token() IS NULL OR id::text = app_token()));
GRANT UPDATE (state, due_on, late_at, ended_at, outcome, version) ON referral TO famai_provider;
CREATE POLICY provider_update ON referral FOR UPDATE TO famai_provider USING (provider_id = app_provider() AND offered_at IS NOT NULL AND (app_token() IS NULL OR id::text = app_token())) WITH CHECK (provider_id = app_provider() AND offered_at IS NOT NULL AND (app_token() IS NULL OR id::text = app_token()));
GRANT SELECT (firm_id, id, number, provider_id, kind, service, state, offered_at, due_on, late_at, ended_at, outcome) ON referral TO famai_bureau;
CREATE POLICY bureau_select ON referral FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())) AND offered_at IS NOT NULL);
ALTER TABLE referral_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON referral_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON referral_event TO famai_owner;
CREATE POLICY owner_select ON referral_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON referral_event TO famai_owner;
CREATE POLICY owner_insert ON referral_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON referral_event TO famai_firm;
CREATE POLICY firm_select ON referral_event FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = referral_event.firm_id AND c.checkup_id = referral_event.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = referral_event.firm_id AND g.checkup_id = referral_event.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON referral_event TO famai_worker;
CREATE POLICY worker_select ON referral_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON referral_event TO famai_worker;
CREATE POLICY worker_insert ON referral_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON referral_event TO famai_worker;
CREATE POLICY worker_update ON referral_event FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON referral_event TO famai_provider;
CREATE POLICY provider_select ON referral_event FOR SELECT TO famai_provider USING (referral_id IN (SELECT id FROM referral));
GRANT INSERT ON referral_event TO famai_provider;
CREATE POLICY provider_insert ON referral_event FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND side = 'provider' AND referral_id IN (SELECT id FROM referral));
ALTER TABLE referral_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_file FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON referral_file AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON referral_file TO famai_owner;
CREATE POLICY owner_select ON referral_file FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON referral_file TO famai_owner;
CREATE POLICY owner_insert ON referral_file FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON referral_file TO famai_owner;
CREATE POLICY owner_delete ON referral_file FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON referral_file TO famai_firm;
CREATE POLICY firm_select ON referral_file FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = referral_file.firm_id AND c.checkup_id = referral_file.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = referral_file.firm_id AND g.checkup_id = referral_file.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON referral_file TO famai_worker;
CREATE POLICY worker_select ON referral_file FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON referral_file TO famai_worker;
CREATE POLICY worker_delete ON referral_file FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON referral_file TO famai_provider;
CREATE POLICY provider_select ON referral_file FOR SELECT TO famai_provider USING (referral_id IN (SELECT id FROM referral WHERE state IN ('offered', 'accepted', 'under_way', 'more_asked') OR (state = 'closed' AND ended_at > app_now() - interval '30 days')));
ALTER TABLE referral_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_link FORCE ROW LEVEL SECURITY;
GRANT SELECT ON referral_link TO famai_public;
CREATE POLICY public_select ON referral_link FOR SELECT TO famai_public USING (digest = app_token());
GRANT SELECT ON referral_link TO famai_provider;
CREATE POLICY provider_select ON referral_link FOR SELECT TO famai_provider USING (referral_id IN (SELECT id FROM referral));
GRANT UPDATE (used_at) ON referral_link TO famai_provider;
CREATE POLICY provider_update ON referral_link FOR UPDATE TO famai_provider USING (referral_id IN (SELECT id FROM referral)) WITH CHECK (referral_id IN (SELECT id FROM referral));
GRANT SELECT ON referral_link TO famai_worker;
CREATE POLICY worker_select ON referral_link FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON referral_link TO famai_worker;
CREATE POLICY worker_insert ON referral_link FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON referral_link TO famai_worker;
CREATE POLICY worker_update ON referral_link FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON referral_link TO famai_worker;
CREATE POLICY worker_delete ON referral_link FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE referral_rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_rating FORCE ROW LEVEL SECURITY;
GRANT SELECT ON referral_rating TO famai_owner;
CREATE POLICY owner_select ON referral_rating FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON referral_rating TO famai_owner;
CREATE POLICY owner_insert ON referral_rating FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON referral_rating TO famai_owner;
CREATE POLICY owner_update ON referral_rating FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON referral_rating TO famai_worker;
CREATE POLICY worker_select ON referral_rating FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON referral_rating TO famai_worker;
CREATE POLICY worker_delete ON referral_rating FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE referral_hint ENABLE ROW LEVEL SECURITY;
ALTER TABLE referral_hint FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON referral_hint AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON referral_hint TO famai_owner;
CREATE POLICY owner_select ON referral_hint FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON referral_hint TO famai_firm;
CREATE POLICY firm_select ON referral_hint FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = referral_hint.firm_id AND c.checkup_id = referral_hint.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = referral_hint.firm_id AND g.checkup_id = referral_hint.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON referral_hint TO famai_firm;
CREATE POLICY firm_insert ON referral_hint FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = referral_hint.firm_id AND c.checkup_id = referral_hint.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON referral_hint TO famai_worker;
CREATE POLICY worker_select ON referral_hint FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON referral_hint TO famai_worker;
CREATE POLICY worker_delete ON referral_hint FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE provider_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_told FORCE ROW LEVEL SECURITY;
GRANT SELECT ON provider_told TO famai_worker;
CREATE POLICY worker_select ON provider_told FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON provider_told TO famai_worker;
CREATE POLICY worker_insert ON provider_told FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON provider_told TO famai_worker;
CREATE POLICY worker_update ON provider_told FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON provider_told TO famai_owner;
CREATE POLICY owner_select ON provider_told FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON provider_told TO famai_bureau;
CREATE POLICY bureau_select ON provider_told FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON provider_told TO famai_provider;
CREATE POLICY provider_select ON provider_told FOR SELECT TO famai_provider USING (provider_id = app_provider());
ALTER TABLE mediation ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON mediation AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON mediation TO famai_owner;
CREATE POLICY owner_select ON mediation FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON mediation TO famai_owner;
CREATE POLICY owner_insert ON mediation FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (state, mediator_id, disclosure, owner_accepts, other_accepts, sealed_agreement, due_on, late_at, ended_at, version, owner_opens, offers_opened_at, owner_code, owner_signed_at, sealed_told, sealed_place) ON mediation TO famai_owner;
CREATE POLICY owner_update ON mediation FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, id, checkup_id, referral_id, number, state, asked_at, due_on, late_at, ended_at) ON mediation TO famai_firm;
CREATE POLICY firm_select ON mediation FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = mediation.firm_id AND c.checkup_id = mediation.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = mediation.firm_id AND g.checkup_id = mediation.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON mediation TO famai_worker;
CREATE POLICY worker_select ON mediation FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON mediation TO famai_worker;
CREATE POLICY worker_update ON mediation FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON mediation TO famai_provider;
CREATE POLICY provider_select ON mediation FOR SELECT TO famai_provider USING (provider_id = app_provider() AND app_token() IS NULL);
GRANT UPDATE (state, mediator_id, disclosure, owner_accepts, other_accepts, sealed_agreement, due_on, late_at, ended_at, version, owner_code, other_code, owner_signed_at, other_signed_at, meets_at, sealed_place) ON mediation TO famai_provider;
CREATE POLICY provider_update ON mediation FOR UPDATE TO famai_provider USING (provider_id = app_provider() AND app_token() IS NULL) WITH CHECK (provider_id = app_provider() AND app_token() IS NULL);
GRANT SELECT ON mediation TO famai_public;
CREATE POLICY public_select ON mediation FOR SELECT TO famai_public USING ((firm_id, id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()));
GRANT UPDATE (state, mediator_id, disclosure, owner_accepts, other_accepts, sealed_agreement, due_on, late_at, ended_at, version, other_opens, offers_opened_at, other_code, other_signed_at) ON mediation TO famai_public;
CREATE POLICY public_update ON mediation FOR UPDATE TO famai_public USING ((firm_id, id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now())) WITH CHECK ((firm_id, id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()));
GRANT SELECT (firm_id, id, provider_id, number, state, asked_at, due_on, late_at, ended_at) ON mediation TO famai_bureau;
CREATE POLICY bureau_select ON mediation FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE mediation_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_seat FORCE ROW LEVEL SECURITY;
GRANT SELECT ON mediation_seat TO famai_public;
CREATE POLICY public_select ON mediation_seat FOR SELECT TO famai_public USING (digest = app_token() OR held_digest = app_token());
GRANT UPDATE (code, held_digest) ON mediation_seat TO famai_public;
CREATE POLICY public_update ON mediation_seat FOR UPDATE TO famai_public USING (digest = app_token()) WITH CHECK (digest = app_token());
GRANT SELECT ON mediation_seat TO famai_provider;
CREATE POLICY provider_select ON mediation_seat FOR SELECT TO famai_provider USING ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation));
GRANT INSERT ON mediation_seat TO famai_provider;
CREATE POLICY provider_insert ON mediation_seat FOR INSERT TO famai_provider WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation));
GRANT UPDATE (code, ended_at) ON mediation_seat TO famai_provider;
CREATE POLICY provider_update ON mediation_seat FOR UPDATE TO famai_provider USING ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation)) WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation));
GRANT SELECT ON mediation_seat TO famai_worker;
CREATE POLICY worker_select ON mediation_seat FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON mediation_seat TO famai_worker;
CREATE POLICY worker_delete ON mediation_seat FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE mediation_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_event FORCE ROW LEVEL SECURITY;
GRANT SELECT ON mediation_event TO famai_owner;
CREATE POLICY owner_select ON mediation_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON mediation_event TO famai_owner;
CREATE POLICY owner_insert ON mediation_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON mediation_event TO famai_worker;
CREATE POLICY worker_select ON mediation_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON mediation_event TO famai_worker;
CREATE POLICY worker_insert ON mediation_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON mediation_event TO famai_worker;
CREATE POLICY worker_update ON mediation_event FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON mediation_event TO famai_provider;
CREATE POLICY provider_select ON mediation_event FOR SELECT TO famai_provider USING ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation));
GRANT INSERT ON mediation_event TO famai_provider;
CREATE POLICY provider_insert ON mediation_event FOR INSERT TO famai_provider WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation) AND side = 'body');
GRANT SELECT ON mediation_event TO famai_public;
CREATE POLICY public_select ON mediation_event FOR SELECT TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()));
GRANT INSERT ON mediation_event TO famai_public;
CREATE POLICY public_insert ON mediation_event FOR INSERT TO famai_public WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND side = 'other');
ALTER TABLE mediation_paper ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_paper FORCE ROW LEVEL SECURITY;
GRANT SELECT ON mediation_paper TO famai_owner;
CREATE POLICY owner_select ON mediation_paper FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person() AND (side = 'owner' OR is_shared));
GRANT INSERT ON mediation_paper TO famai_owner;
CREATE POLICY owner_insert ON mediation_paper FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND side = 'owner');
GRANT SELECT ON mediation_paper TO famai_worker;
CREATE POLICY worker_select ON mediation_paper FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON mediation_paper TO famai_worker;
CREATE POLICY worker_delete ON mediation_paper FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON mediation_paper TO famai_provider;
CREATE POLICY provider_select ON mediation_paper FOR SELECT TO famai_provider USING ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation));
GRANT SELECT ON mediation_paper TO famai_public;
CREATE POLICY public_select ON mediation_paper FOR SELECT TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND (side = 'other' OR is_shared));
GRANT INSERT ON mediation_paper TO famai_public;
CREATE POLICY public_insert ON mediation_paper FOR INSERT TO famai_public WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND side = 'other');
ALTER TABLE mediation_offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_offer FORCE ROW LEVEL SECURITY;
GRANT SELECT ON mediation_offer TO famai_owner;
CREATE POLICY owner_select ON mediation_offer FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person() AND (side = 'owner' OR (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL)));
GRANT INSERT ON mediation_offer TO famai_owner;
CREATE POLICY owner_insert ON mediation_offer FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND side = 'owner' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL));
GRANT UPDATE ON mediation_offer TO famai_owner;
CREATE POLICY owner_update ON mediation_offer FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person() AND side = 'owner' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL)) WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND side = 'owner' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL));
GRANT SELECT ON mediation_offer TO famai_worker;
CREATE POLICY worker_select ON mediation_offer FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON mediation_offer TO famai_worker;
CREATE POLICY worker_delete ON mediation_offer FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON mediation_offer TO famai_provider;
CREATE POLICY provider_select ON mediation_offer FOR SELECT TO famai_provider USING ((firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL));
GRANT SELECT ON mediation_offer TO famai_public;
CREATE POLICY public_select ON mediation_offer FOR SELECT TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND (side = 'other' OR (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL)));
GRANT INSERT ON mediation_offer TO famai_public;
CREATE POLICY public_insert ON mediation_offer FOR INSERT TO famai_public WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND side = 'other' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL));
GRANT UPDATE ON mediation_offer TO famai_public;
CREATE POLICY public_update ON mediation_offer FOR UPDATE TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND side = 'other' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL)) WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND side = 'other' AND NOT (firm_id, mediation_id) IN (SELECT firm_id, id FROM mediation WHERE offers_opened_at IS NOT NULL));
ALTER TABLE mediation_rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_rating FORCE ROW LEVEL SECURITY;
GRANT SELECT ON mediation_rating TO famai_public;
CREATE POLICY public_select ON mediation_rating FOR SELECT TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()));
GRANT INSERT ON mediation_rating TO famai_public;
CREATE POLICY public_insert ON mediation_rating FOR INSERT TO famai_public WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND (firm_id, mediation_id, checkup_id) IN (SELECT firm_id, id, checkup_id FROM mediation WHERE ended_at IS NOT NULL));
GRANT UPDATE ON mediation_rating TO famai_public;
CREATE POLICY public_update ON mediation_rating FOR UPDATE TO famai_public USING ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND (firm_id, mediation_id, checkup_id) IN (SELECT firm_id, id, checkup_id FROM mediation WHERE ended_at IS NOT NULL)) WITH CHECK ((firm_id, mediation_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND (firm_id, mediation_id, checkup_id) IN (SELECT firm_id, id, checkup_id FROM mediation WHERE ended_at IS NOT NULL));
GRANT SELECT ON mediation_rating TO famai_worker;
CREATE POLICY worker_select ON mediation_rating FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON mediation_rating TO famai_worker;
CREATE POLICY worker_delete ON mediation_rating FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE consultation ENABLE ROW LEVEL SECURITY;
ALTER TABLE consultation FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON consultation AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON consultation TO famai_provider;
CREATE POLICY provider_select ON consultation FOR SELECT TO famai_provider USING (provider_id = app_provider() AND app_token() IS NULL);
GRANT INSERT ON consultation TO famai_provider;
CREATE POLICY provider_insert ON consultation FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND app_token() IS NULL AND asked_by = app_person() AND state = 'asked');
GRANT SELECT ON consultation TO famai_firm;
CREATE POLICY firm_select ON consultation FOR SELECT TO famai_firm USING ((firm_id IS NULL AND app_firm() IS NOT NULL) OR firm_id = app_firm());
GRANT UPDATE (state, firm_id, lawyer_name, answer, answered_at, is_lesson) ON consultation TO famai_firm;
CREATE POLICY firm_update ON consultation FOR UPDATE TO famai_firm USING (firm_id IS NULL AND app_firm() IS NOT NULL) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON consultation TO famai_worker;
CREATE POLICY worker_select ON consultation FOR SELECT TO famai_worker USING ((firm_id IS NULL AND app_firm() IS NOT NULL) OR firm_id = app_firm());
GRANT SELECT (number, topic, question, answer, is_lesson) ON consultation TO famai_operator;
CREATE POLICY operator_select ON consultation FOR SELECT TO famai_operator USING (is_lesson);
ALTER TABLE provider_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE provider_post FORCE ROW LEVEL SECURITY;
GRANT SELECT ON provider_post TO famai_auth;
CREATE POLICY auth_select ON provider_post FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT INSERT ON provider_post TO famai_auth;
CREATE POLICY auth_insert ON provider_post FOR INSERT TO famai_auth WITH CHECK (person_id = app_person() AND (provider_id, role) IN (SELECT provider_id, role FROM invitation));
GRANT SELECT ON provider_post TO famai_provider;
CREATE POLICY provider_select ON provider_post FOR SELECT TO famai_provider USING (provider_id = app_provider());
GRANT DELETE ON provider_post TO famai_provider;
CREATE POLICY provider_delete ON provider_post FOR DELETE TO famai_provider USING (provider_id = app_provider() AND app_is_chief());
GRANT SELECT ON provider_post TO famai_bureau;
CREATE POLICY bureau_select ON provider_post FOR SELECT TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON provider_post TO famai_bureau;
CREATE POLICY bureau_delete ON provider_post FOR DELETE TO famai_bureau USING (provider_id IN (SELECT id FROM provider WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON provider_post TO famai_worker;
CREATE POLICY worker_select ON provider_post FOR SELECT TO famai_worker USING (true);
ALTER TABLE station ENABLE ROW LEVEL SECURITY;
ALTER TABLE station FORCE ROW LEVEL SECURITY;
GRANT SELECT ON station TO famai_helper;
CREATE POLICY helper_select ON station FOR SELECT TO famai_helper USING (id = app_station());
GRANT SELECT ON station TO famai_public;
CREATE POLICY public_select ON station FOR SELECT TO famai_public USING (id IN (SELECT station_id FROM kiosk UNION ALL SELECT station_id FROM venue_queue));
GRANT SELECT ON station TO famai_owner;
CREATE POLICY owner_select ON station FOR SELECT TO famai_owner USING (id IN (SELECT station_id FROM assistance));
GRANT SELECT ON station TO famai_bureau;
CREATE POLICY bureau_select ON station FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON station TO famai_bureau;
CREATE POLICY bureau_insert ON station FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE (name, name_en, phone, state) ON station TO famai_bureau;
CREATE POLICY bureau_update ON station FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE station_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE station_event FORCE ROW LEVEL SECURITY;
GRANT SELECT ON station_event TO famai_bureau;
CREATE POLICY bureau_select ON station_event FOR SELECT TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON station_event TO famai_bureau;
CREATE POLICY bureau_insert ON station_event FOR INSERT TO famai_bureau WITH CHECK (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE helper_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE helper_post FORCE ROW LEVEL SECURITY;
GRANT SELECT ON helper_post TO famai_auth;
CREATE POLICY auth_select ON helper_post FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT SELECT ON helper_post TO famai_helper;
CREATE POLICY helper_select ON helper_post FOR SELECT TO famai_helper USING (person_id = app_person() AND station_id = app_station());
GRANT SELECT ON helper_post TO famai_bureau;
CREATE POLICY bureau_select ON helper_post FOR SELECT TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON helper_post TO famai_bureau;
CREATE POLICY bureau_insert ON helper_post FOR INSERT TO famai_bureau WITH CHECK (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON helper_post TO famai_bureau;
CREATE POLICY bureau_delete ON helper_post FOR DELETE TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE duty_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE duty_receipt FORCE ROW LEVEL SECURITY;
GRANT SELECT ON duty_receipt TO famai_helper;
CREATE POLICY helper_select ON duty_receipt FOR SELECT TO famai_helper USING (person_id = app_person() AND station_id = app_station());
GRANT INSERT ON duty_receipt TO famai_helper;
CREATE POLICY helper_insert ON duty_receipt FOR INSERT TO famai_helper WITH CHECK (person_id = app_person() AND station_id = app_station() AND station_id IN (SELECT station_id FROM helper_post));
GRANT SELECT ON duty_receipt TO famai_bureau;
CREATE POLICY bureau_select ON duty_receipt FOR SELECT TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE assistance ENABLE ROW LEVEL SECURITY;
ALTER TABLE assistance FORCE ROW LEVEL SECURITY;
GRANT SELECT ON assistance TO famai_owner;
CREATE POLICY owner_select ON assistance FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON assistance TO famai_owner;
CREATE POLICY owner_insert ON assistance FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND (ended_at IS NOT NULL OR app_may_help(station_id, helper_id)));
GRANT UPDATE (ended_at, ended_why) ON assistance TO famai_owner;
CREATE POLICY owner_update ON assistance FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON assistance TO famai_helper;
CREATE POLICY helper_select ON assistance FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station() AND helper_id = app_person() AND ended_at IS NULL AND ends_at > app_now());
GRANT SELECT ON assistance TO famai_worker;
CREATE POLICY worker_select ON assistance FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE (ended_at, ended_why) ON assistance TO famai_worker;
CREATE POLICY worker_update ON assistance FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE claim_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim_code FORCE ROW LEVEL SECURITY;
GRANT SELECT ON claim_code TO famai_public;
CREATE POLICY public_select ON claim_code FOR SELECT TO famai_public USING (digest = app_token());
GRANT SELECT ON claim_code TO famai_owner;
CREATE POLICY owner_select ON claim_code FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON claim_code TO famai_owner;
CREATE POLICY owner_insert ON claim_code FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON claim_code TO famai_owner;
CREATE POLICY owner_delete ON claim_code FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, checkup_id, sent, made_at, expires_at) ON claim_code TO famai_helper;
CREATE POLICY helper_select ON claim_code FOR SELECT TO famai_helper USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance));
GRANT SELECT ON claim_code TO famai_worker;
CREATE POLICY worker_select ON claim_code FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON claim_code TO famai_worker;
CREATE POLICY worker_delete ON claim_code FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE kiosk ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk FORCE ROW LEVEL SECURITY;
GRANT SELECT ON kiosk TO famai_public;
CREATE POLICY public_select ON kiosk FOR SELECT TO famai_public USING (device_digest = app_token() OR code_digest = app_token());
GRANT UPDATE (device_digest, paired_at) ON kiosk TO famai_public;
CREATE POLICY public_update ON kiosk FOR UPDATE TO famai_public USING (device_digest = app_token() OR code_digest = app_token()) WITH CHECK (device_digest = app_token() OR code_digest = app_token());
GRANT SELECT ON kiosk TO famai_helper;
CREATE POLICY helper_select ON kiosk FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station());
GRANT INSERT ON kiosk TO famai_helper;
CREATE POLICY helper_insert ON kiosk FOR INSERT TO famai_helper WITH CHECK (app_helps() AND station_id = app_station());
GRANT UPDATE (ended_by, ended_at) ON kiosk TO famai_helper;
CREATE POLICY helper_update ON kiosk FOR UPDATE TO famai_helper USING (app_helps() AND station_id = app_station()) WITH CHECK (app_helps() AND station_id = app_station());
GRANT SELECT ON kiosk TO famai_bureau;
CREATE POLICY bureau_select ON kiosk FOR SELECT TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON kiosk TO famai_bureau;
CREATE POLICY bureau_insert ON kiosk FOR INSERT TO famai_bureau WITH CHECK (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (ended_by, ended_at) ON kiosk TO famai_bureau;
CREATE POLICY bureau_update ON kiosk FOR UPDATE TO famai_bureau USING (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (station_id IN (SELECT id FROM station WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE paper_sheet ENABLE ROW LEVEL SECURITY;
ALTER TABLE paper_sheet FORCE ROW LEVEL SECURITY;
GRANT SELECT ON paper_sheet TO famai_helper;
CREATE POLICY helper_select ON paper_sheet FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station());
GRANT INSERT ON paper_sheet TO famai_helper;
CREATE POLICY helper_insert ON paper_sheet FOR INSERT TO famai_helper WITH CHECK (app_helps() AND station_id = app_station());
GRANT UPDATE (used_at) ON paper_sheet TO famai_helper;
CREATE POLICY helper_update ON paper_sheet FOR UPDATE TO famai_helper USING (app_helps() AND station_id = app_station()) WITH CHECK (app_helps() AND station_id = app_station());
GRANT SELECT ON paper_sheet TO famai_worker;
CREATE POLICY worker_select ON paper_sheet FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON paper_sheet TO famai_worker;
CREATE POLICY worker_delete ON paper_sheet FOR DELETE TO famai_worker USING (true);
ALTER TABLE paper_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE paper_entry FORCE ROW LEVEL SECURITY;
GRANT SELECT ON paper_entry TO famai_owner;
CREATE POLICY owner_select ON paper_entry FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON paper_entry TO famai_owner;
CREATE POLICY owner_insert ON paper_entry FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON paper_entry TO famai_owner;
CREATE POLICY owner_delete ON paper_entry FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (second_by, second_name, second_at, sealed) ON paper_entry TO famai_owner;
CREATE POLICY owner_update ON paper_entry FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, checkup_id, owner_id, station_id, sheet_code, pack_version, signed_on, shows, first_by, first_name, first_at, second_by, second_name, second_at, ends_at) ON paper_entry TO famai_helper;
CREATE POLICY helper_select ON paper_entry FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station() AND ends_at > app_now());
GRANT SELECT ON paper_entry TO famai_worker;
CREATE POLICY worker_select ON paper_entry FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON paper_entry TO famai_worker;
CREATE POLICY worker_delete ON paper_entry FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE venue_queue ENABLE ROW LEVEL SECURITY;
ALTER TABLE venue_queue FORCE ROW LEVEL SECURITY;
GRANT SELECT ON venue_queue TO famai_public;
CREATE POLICY public_select ON venue_queue FOR SELECT TO famai_public USING (code = app_token());
GRANT SELECT ON venue_queue TO famai_helper;
CREATE POLICY helper_select ON venue_queue FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station());
GRANT INSERT ON venue_queue TO famai_helper;
CREATE POLICY helper_insert ON venue_queue FOR INSERT TO famai_helper WITH CHECK (app_helps() AND station_id = app_station());
GRANT UPDATE (open_on) ON venue_queue TO famai_helper;
CREATE POLICY helper_update ON venue_queue FOR UPDATE TO famai_helper USING (app_helps() AND station_id = app_station()) WITH CHECK (app_helps() AND station_id = app_station());
ALTER TABLE venue_number ENABLE ROW LEVEL SECURITY;
ALTER TABLE venue_number FORCE ROW LEVEL SECURITY;
GRANT SELECT ON venue_number TO famai_public;
CREATE POLICY public_select ON venue_number FOR SELECT TO famai_public USING (station_id IN (SELECT station_id FROM venue_queue WHERE code = app_token()) AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT INSERT ON venue_number TO famai_public;
CREATE POLICY public_insert ON venue_number FOR INSERT TO famai_public WITH CHECK (state = 'waiting' AND holder IS NOT NULL AND station_id IN (SELECT q.station_id FROM venue_queue q JOIN station s ON s.id = q.station_id WHERE q.code = app_token() AND q.open_on = (app_now() AT TIME ZONE 'Asia/Shanghai')::date AND s.state = 'admitted') AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT SELECT (station_id, day, number, state, taken_at, called_at, ended_at) ON venue_number TO famai_helper;
CREATE POLICY helper_select ON venue_number FOR SELECT TO famai_helper USING (app_helps() AND station_id = app_station() AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT INSERT ON venue_number TO famai_helper;
CREATE POLICY helper_insert ON venue_number FOR INSERT TO famai_helper WITH CHECK (app_helps() AND station_id = app_station() AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date AND state = 'waiting' AND holder IS NULL);
GRANT UPDATE (state, called_at, ended_at) ON venue_number TO famai_helper;
CREATE POLICY helper_update ON venue_number FOR UPDATE TO famai_helper USING (app_helps() AND station_id = app_station() AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date) WITH CHECK (app_helps() AND station_id = app_station() AND day = (app_now() AT TIME ZONE 'Asia/Shanghai')::date);
GRANT SELECT ON venue_number TO famai_worker;
CREATE POLICY worker_select ON venue_number FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON venue_number TO famai_worker;
CREATE POLICY worker_delete ON venue_number FOR DELETE TO famai_worker USING (true);
ALTER TABLE kiosk_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE kiosk_visit FORCE ROW LEVEL SECURITY;
GRANT SELECT ON kiosk_visit TO famai_public;
CREATE POLICY public_select ON kiosk_visit FOR SELECT TO famai_public USING (kiosk_id IN (SELECT id FROM kiosk WHERE device_digest = app_token()) OR handover_digest = app_token());
GRANT DELETE ON kiosk_visit TO famai_public;
CREATE POLICY public_delete ON kiosk_visit FOR DELETE TO famai_public USING (kiosk_id IN (SELECT id FROM kiosk WHERE device_digest = app_token()) OR handover_digest = app_token());
GRANT INSERT ON kiosk_visit TO famai_public;
CREATE POLICY public_insert ON kiosk_visit FOR INSERT TO famai_public WITH CHECK (kiosk_id IN (SELECT k.id FROM kiosk k JOIN station s ON s.id = k.station_id WHERE k.device_digest = app_token() AND k.ended_at IS NULL AND s.state = 'admitted'));
GRANT UPDATE (seen_at, handover_digest, handover_until) ON kiosk_visit TO famai_public;
CREATE POLICY public_update ON kiosk_visit FOR UPDATE TO famai_public USING (kiosk_id IN (SELECT id FROM kiosk WHERE device_digest = app_token())) WITH CHECK (kiosk_id IN (SELECT id FROM kiosk WHERE device_digest = app_token()));
GRANT SELECT ON kiosk_visit TO famai_worker;
CREATE POLICY worker_select ON kiosk_visit FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON kiosk_visit TO famai_worker;
CREATE POLICY worker_delete ON kiosk_visit FOR DELETE TO famai_worker USING (true);
ALTER TABLE delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegation FORCE ROW LEVEL SECURITY;
GRANT SELECT ON delegation TO famai_owner;
CREATE POLICY owner_select ON delegation FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON delegation TO famai_owner;
CREATE POLICY owner_insert ON delegation FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (ended_at, ended_why, name, shop, phone_digest, invitation_digest) ON delegation TO famai_owner;
CREATE POLICY owner_update ON delegation FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, id, owner_id, name, kind, shop, phone_digest, invitation_digest, accepted_at, ended_at, answer_by, ends_at) ON delegation TO famai_public;
CREATE POLICY public_select ON delegation FOR SELECT TO famai_public USING (invitation_digest = app_token() AND accepted_at IS NULL AND ended_at IS NULL AND answer_by > app_now() AND ends_at > app_now());
GRANT SELECT ON delegation TO famai_delegate;
CREATE POLICY delegate_select ON delegation FOR SELECT TO famai_delegate USING ((delegate_id = app_person() AND accepted_at IS NOT NULL AND ended_at IS NULL AND ends_at > app_now() AND EXISTS (SELECT 1 FROM delegate_duty)) OR (accepted_at IS NULL AND ended_at IS NULL AND answer_by > app_now() AND ends_at > app_now() AND owner_id <> app_person() AND phone_digest = (SELECT p.phone_digest FROM person p WHERE p.id = app_person())));
GRANT UPDATE (delegate_id, accepted_at, text_version) ON delegation TO famai_delegate;
CREATE POLICY delegate_update ON delegation FOR UPDATE TO famai_delegate USING (accepted_at IS NULL AND ended_at IS NULL AND answer_by > app_now() AND ends_at > app_now() AND owner_id <> app_person() AND phone_digest = (SELECT p.phone_digest FROM person p WHERE p.id = app_person())) WITH CHECK (delegate_id = app_person() AND accepted_at IS NOT NULL AND ended_at IS NULL AND ends_at > app_now() AND EXISTS (SELECT 1 FROM delegate_duty));
GRANT SELECT ON delegation TO famai_worker;
CREATE POLICY worker_select ON delegation FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE (ended_at, ended_why, name, shop, phone_digest, invitation_digest) ON delegation TO famai_worker;
CREATE POLICY worker_update ON delegation FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE delegate_duty ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegate_duty FORCE ROW LEVEL SECURITY;
GRANT SELECT ON delegate_duty TO famai_delegate;
CREATE POLICY delegate_select ON delegate_duty FOR SELECT TO famai_delegate USING (person_id = app_person());
GRANT INSERT ON delegate_duty TO famai_delegate;
CREATE POLICY delegate_insert ON delegate_duty FOR INSERT TO famai_delegate WITH CHECK (person_id = app_person());
ALTER TABLE partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner FORCE ROW LEVEL SECURITY;
GRANT SELECT (id, bureau_id, kind, name, name_en, district, state) ON partner TO famai_public;
CREATE POLICY public_select ON partner FOR SELECT TO famai_public USING (id IN (SELECT partner_id FROM campaign_link) OR id IN (SELECT partner_id FROM gathering));
GRANT INSERT ON partner TO famai_public;
CREATE POLICY public_insert ON partner FOR INSERT TO famai_public WITH CHECK (state = 'applied');
GRANT SELECT ON partner TO famai_partner;
CREATE POLICY partner_select ON partner FOR SELECT TO famai_partner USING (id = app_partner());
GRANT UPDATE (address, phone, contact_name, contact_email) ON partner TO famai_partner;
CREATE POLICY partner_update ON partner FOR UPDATE TO famai_partner USING (id = app_partner() AND app_is_principal()) WITH CHECK (id = app_partner() AND app_is_principal());
GRANT SELECT ON partner TO famai_bureau;
CREATE POLICY bureau_select ON partner FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE (state) ON partner TO famai_bureau;
CREATE POLICY bureau_update ON partner FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT SELECT ON partner TO famai_worker;
CREATE POLICY worker_select ON partner FOR SELECT TO famai_worker USING (true);
ALTER TABLE partner_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_event FORCE ROW LEVEL SECURITY;
GRANT INSERT ON partner_event TO famai_public;
CREATE POLICY public_insert ON partner_event FOR INSERT TO famai_public WITH CHECK (became = 'applied');
GRANT SELECT ON partner_event TO famai_bureau;
CREATE POLICY bureau_select ON partner_event FOR SELECT TO famai_bureau USING (partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON partner_event TO famai_bureau;
CREATE POLICY bureau_insert ON partner_event FOR INSERT TO famai_bureau WITH CHECK (partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON partner_event TO famai_partner;
CREATE POLICY partner_select ON partner_event FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT SELECT ON partner_event TO famai_worker;
CREATE POLICY worker_select ON partner_event FOR SELECT TO famai_worker USING (true);
ALTER TABLE partner_post ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner_post FORCE ROW LEVEL SECURITY;
GRANT SELECT ON partner_post TO famai_auth;
CREATE POLICY auth_select ON partner_post FOR SELECT TO famai_auth USING (person_id = app_person());
GRANT INSERT ON partner_post TO famai_auth;
CREATE POLICY auth_insert ON partner_post FOR INSERT TO famai_auth WITH CHECK (person_id = app_person() AND (partner_id, role) IN (SELECT partner_id, role FROM invitation));
GRANT SELECT ON partner_post TO famai_partner;
CREATE POLICY partner_select ON partner_post FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT DELETE ON partner_post TO famai_partner;
CREATE POLICY partner_delete ON partner_post FOR DELETE TO famai_partner USING (partner_id = app_partner() AND app_is_principal());
GRANT SELECT ON partner_post TO famai_bureau;
CREATE POLICY bureau_select ON partner_post FOR SELECT TO famai_bureau USING (partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON partner_post TO famai_bureau;
CREATE POLICY bureau_delete ON partner_post FOR DELETE TO famai_bureau USING (partner_id IN (SELECT id FROM partner WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE campaign ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON campaign AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON campaign TO famai_public;
CREATE POLICY public_select ON campaign FOR SELECT TO famai_public USING (state IN ('running', 'ended') AND id IN (SELECT campaign_id FROM campaign_link));
GRANT SELECT ON campaign TO famai_owner;
CREATE POLICY owner_select ON campaign FOR SELECT TO famai_owner USING (state IN ('running', 'ended') AND id IN (SELECT campaign_id FROM campaign_link));
GRANT SELECT ON campaign TO famai_bureau;
CREATE POLICY bureau_select ON campaign FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON campaign TO famai_bureau;
CREATE POLICY bureau_insert ON campaign FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL);
GRANT UPDATE ON campaign TO famai_bureau;
CREATE POLICY bureau_update ON campaign FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND (by_firm IS NULL OR state = 'ended'));
GRANT SELECT ON campaign TO famai_firm;
CREATE POLICY firm_select ON campaign FOR SELECT TO famai_firm USING (by_firm = app_firm());
GRANT INSERT ON campaign TO famai_firm;
CREATE POLICY firm_insert ON campaign FOR INSERT TO famai_firm WITH CHECK (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm()));
GRANT UPDATE ON campaign TO famai_firm;
CREATE POLICY firm_update ON campaign FOR UPDATE TO famai_firm USING (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm())) WITH CHECK (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm()));
GRANT SELECT ON campaign TO famai_partner;
CREATE POLICY partner_select ON campaign FOR SELECT TO famai_partner USING (state IN ('running', 'ended') AND id IN (SELECT campaign_id FROM campaign_partner));
GRANT SELECT ON campaign TO famai_worker;
CREATE POLICY worker_select ON campaign FOR SELECT TO famai_worker USING (true);
GRANT UPDATE (state, frozen_at, version) ON campaign TO famai_worker;
CREATE POLICY worker_update ON campaign FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
ALTER TABLE campaign_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON campaign_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON campaign_event TO famai_bureau;
CREATE POLICY bureau_select ON campaign_event FOR SELECT TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON campaign_event TO famai_bureau;
CREATE POLICY bureau_insert ON campaign_event FOR INSERT TO famai_bureau WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON campaign_event TO famai_firm;
CREATE POLICY firm_select ON campaign_event FOR SELECT TO famai_firm USING (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT INSERT ON campaign_event TO famai_firm;
CREATE POLICY firm_insert ON campaign_event FOR INSERT TO famai_firm WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT INSERT ON campaign_event TO famai_worker;
CREATE POLICY worker_insert ON campaign_event FOR INSERT TO famai_worker WITH CHECK (became = 'ended');
ALTER TABLE campaign_partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_partner FORCE ROW LEVEL SECURITY;
GRANT SELECT ON campaign_partner TO famai_bureau;
CREATE POLICY bureau_select ON campaign_partner FOR SELECT TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON campaign_partner TO famai_bureau;
CREATE POLICY bureau_insert ON campaign_partner FOR INSERT TO famai_bureau WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT DELETE ON campaign_partner TO famai_bureau;
CREATE POLICY bureau_delete ON campaign_partner FOR DELETE TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT SELECT ON campaign_partner TO famai_partner;
CREATE POLICY partner_select ON campaign_partner FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT SELECT ON campaign_partner TO famai_worker;
CREATE POLICY worker_select ON campaign_partner FOR SELECT TO famai_worker USING (true);
ALTER TABLE campaign_firm ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_firm FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON campaign_firm AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON campaign_firm TO famai_bureau;
CREATE POLICY bureau_select ON campaign_firm FOR SELECT TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON campaign_firm TO famai_bureau;
CREATE POLICY bureau_insert ON campaign_firm FOR INSERT TO famai_bureau WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT DELETE ON campaign_firm TO famai_bureau;
CREATE POLICY bureau_delete ON campaign_firm FOR DELETE TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT UPDATE (quota) ON campaign_firm TO famai_bureau;
CREATE POLICY bureau_update ON campaign_firm FOR UPDATE TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL)) WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT SELECT ON campaign_firm TO famai_firm;
CREATE POLICY firm_select ON campaign_firm FOR SELECT TO famai_firm USING (reader_id = app_firm() AND campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT INSERT ON campaign_firm TO famai_firm;
CREATE POLICY firm_insert ON campaign_firm FOR INSERT TO famai_firm WITH CHECK (reader_id = app_firm() AND campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
ALTER TABLE campaign_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_link FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON campaign_link AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON campaign_link TO famai_public;
CREATE POLICY public_select ON campaign_link FOR SELECT TO famai_public USING (code = app_token());
GRANT SELECT ON campaign_link TO famai_owner;
CREATE POLICY owner_select ON campaign_link FOR SELECT TO famai_owner USING (code = app_token() OR id IN (SELECT link_id FROM checkup WHERE owner_id = app_person()));
GRANT SELECT ON campaign_link TO famai_bureau;
CREATE POLICY bureau_select ON campaign_link FOR SELECT TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON campaign_link TO famai_bureau;
CREATE POLICY bureau_insert ON campaign_link FOR INSERT TO famai_bureau WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL) AND partner_id IS NOT NULL);
GRANT UPDATE (stopped_at) ON campaign_link TO famai_bureau;
CREATE POLICY bureau_update ON campaign_link FOR UPDATE TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL)) WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL));
GRANT SELECT ON campaign_link TO famai_firm;
CREATE POLICY firm_select ON campaign_link FOR SELECT TO famai_firm USING (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT INSERT ON campaign_link TO famai_firm;
CREATE POLICY firm_insert ON campaign_link FOR INSERT TO famai_firm WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()) AND partner_id IS NULL AND cap = 0);
GRANT UPDATE (stopped_at) ON campaign_link TO famai_firm;
CREATE POLICY firm_update ON campaign_link FOR UPDATE TO famai_firm USING (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm())) WITH CHECK (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT SELECT ON campaign_link TO famai_partner;
CREATE POLICY partner_select ON campaign_link FOR SELECT TO famai_partner USING (partner_id = app_partner() AND campaign_id IN (SELECT campaign_id FROM campaign_partner));
GRANT SELECT ON campaign_link TO famai_worker;
CREATE POLICY worker_select ON campaign_link FOR SELECT TO famai_worker USING (true);
ALTER TABLE campaign_link_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_link_use FORCE ROW LEVEL SECURITY;
ALTER TABLE campaign_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_step FORCE ROW LEVEL SECURITY;
GRANT SELECT ON campaign_step TO famai_worker;
CREATE POLICY worker_select ON campaign_step FOR SELECT TO famai_worker USING (true);
ALTER TABLE screen_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE screen_count FORCE ROW LEVEL SECURITY;
GRANT SELECT ON screen_count TO famai_worker;
CREATE POLICY worker_select ON screen_count FOR SELECT TO famai_worker USING (true);
ALTER TABLE campaign_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE campaign_told FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON campaign_told AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON campaign_told TO famai_worker;
CREATE POLICY worker_select ON campaign_told FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON campaign_told TO famai_worker;
CREATE POLICY worker_insert ON campaign_told FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON campaign_told TO famai_worker;
CREATE POLICY worker_update ON campaign_told FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT DELETE ON campaign_told TO famai_worker;
CREATE POLICY worker_delete ON campaign_told FOR DELETE TO famai_worker USING (true);
GRANT SELECT ON campaign_told TO famai_bureau;
CREATE POLICY bureau_select ON campaign_told FOR SELECT TO famai_bureau USING (campaign_id IN (SELECT id FROM campaign WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON campaign_told TO famai_firm;
CREATE POLICY firm_select ON campaign_told FOR SELECT TO famai_firm USING (campaign_id IN (SELECT id FROM campaign WHERE by_firm = app_firm()));
GRANT SELECT ON campaign_told TO famai_partner;
CREATE POLICY partner_select ON campaign_told FOR SELECT TO famai_partner USING (campaign_id IN (SELECT campaign_id FROM campaign_partner) AND part IN ('', app_partner()::text));
ALTER TABLE screen_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE screen_told FORCE ROW LEVEL SECURITY;
GRANT SELECT ON screen_told TO famai_worker;
CREATE POLICY worker_select ON screen_told FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON screen_told TO famai_worker;
CREATE POLICY worker_insert ON screen_told FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON screen_told TO famai_worker;
CREATE POLICY worker_update ON screen_told FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT DELETE ON screen_told TO famai_worker;
CREATE POLICY worker_delete ON screen_told FOR DELETE TO famai_worker USING (true);
GRANT SELECT ON screen_told TO famai_bureau;
CREATE POLICY bureau_select ON screen_told FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON screen_told TO famai_operator;
CREATE POLICY operator_select ON screen_told FOR SELECT TO famai_operator USING (true);
ALTER TABLE gathering ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON gathering AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON gathering TO famai_public;
CREATE POLICY public_select ON gathering FOR SELECT TO famai_public USING (true);
GRANT SELECT ON gathering TO famai_bureau;
CREATE POLICY bureau_select ON gathering FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON gathering TO famai_bureau;
CREATE POLICY bureau_insert ON gathering FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL);
GRANT UPDATE ON gathering TO famai_bureau;
CREATE POLICY bureau_update ON gathering FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL) WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND by_firm IS NULL);
GRANT SELECT ON gathering TO famai_firm;
CREATE POLICY firm_select ON gathering FOR SELECT TO famai_firm USING (by_firm = app_firm() OR id IN (SELECT gathering_id FROM gathering_firm));
GRANT INSERT ON gathering TO famai_firm;
CREATE POLICY firm_insert ON gathering FOR INSERT TO famai_firm WITH CHECK (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm()) AND partner_id IS NULL AND campaign_id IS NULL);
GRANT UPDATE ON gathering TO famai_firm;
CREATE POLICY firm_update ON gathering FOR UPDATE TO famai_firm USING (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm()) AND partner_id IS NULL AND campaign_id IS NULL) WITH CHECK (by_firm = app_firm() AND bureau_id IN (SELECT bureau_id FROM firm WHERE id = app_firm()) AND partner_id IS NULL AND campaign_id IS NULL);
GRANT SELECT ON gathering TO famai_partner;
CREATE POLICY partner_select ON gathering FOR SELECT TO famai_partner USING (partner_id = app_partner());
GRANT SELECT ON gathering TO famai_worker;
CREATE POLICY worker_select ON gathering FOR SELECT TO famai_worker USING (true);
GRANT UPDATE (state, frozen_at, version) ON gathering TO famai_worker;
CREATE POLICY worker_update ON gathering FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
ALTER TABLE gathering_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON gathering_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT (gathering_id, became, why) ON gathering_event TO famai_public;
CREATE POLICY public_select ON gathering_event FOR SELECT TO famai_public USING (became = 'cancelled');
GRANT SELECT ON gathering_event TO famai_bureau;
CREATE POLICY bureau_select ON gathering_event FOR SELECT TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON gathering_event TO famai_bureau;
CREATE POLICY bureau_insert ON gathering_event FOR INSERT TO famai_bureau WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON gathering_event TO famai_firm;
CREATE POLICY firm_select ON gathering_event FOR SELECT TO famai_firm USING (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
GRANT INSERT ON gathering_event TO famai_firm;
CREATE POLICY firm_insert ON gathering_event FOR INSERT TO famai_firm WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
GRANT SELECT ON gathering_event TO famai_worker;
CREATE POLICY worker_select ON gathering_event FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON gathering_event TO famai_worker;
CREATE POLICY worker_insert ON gathering_event FOR INSERT TO famai_worker WITH CHECK (became = 'held');
ALTER TABLE gathering_firm ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_firm FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON gathering_firm AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON gathering_firm TO famai_bureau;
CREATE POLICY bureau_select ON gathering_firm FOR SELECT TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON gathering_firm TO famai_bureau;
CREATE POLICY bureau_insert ON gathering_firm FOR INSERT TO famai_bureau WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON gathering_firm TO famai_bureau;
CREATE POLICY bureau_delete ON gathering_firm FOR DELETE TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON gathering_firm TO famai_firm;
CREATE POLICY firm_select ON gathering_firm FOR SELECT TO famai_firm USING (of_firm = app_firm());
GRANT INSERT ON gathering_firm TO famai_firm;
CREATE POLICY firm_insert ON gathering_firm FOR INSERT TO famai_firm WITH CHECK (of_firm = app_firm() AND gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
ALTER TABLE gathering_speaker ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_speaker FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON gathering_speaker AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON gathering_speaker TO famai_public;
CREATE POLICY public_select ON gathering_speaker FOR SELECT TO famai_public USING (true);
GRANT SELECT ON gathering_speaker TO famai_bureau;
CREATE POLICY bureau_select ON gathering_speaker FOR SELECT TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT DELETE ON gathering_speaker TO famai_bureau;
CREATE POLICY bureau_delete ON gathering_speaker FOR DELETE TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (came) ON gathering_speaker TO famai_bureau;
CREATE POLICY bureau_update ON gathering_speaker FOR UPDATE TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON gathering_speaker TO famai_firm;
CREATE POLICY firm_select ON gathering_speaker FOR SELECT TO famai_firm USING (of_firm = app_firm());
GRANT INSERT ON gathering_speaker TO famai_firm;
CREATE POLICY firm_insert ON gathering_speaker FOR INSERT TO famai_firm WITH CHECK (of_firm = app_firm() AND gathering_id IN (SELECT gathering_id FROM gathering_firm) AND came IS NULL);
GRANT DELETE ON gathering_speaker TO famai_firm;
CREATE POLICY firm_delete ON gathering_speaker FOR DELETE TO famai_firm USING (of_firm = app_firm() AND gathering_id IN (SELECT gathering_id FROM gathering_firm) AND came IS NULL);
GRANT UPDATE (came) ON gathering_speaker TO famai_firm;
CREATE POLICY firm_update ON gathering_speaker FOR UPDATE TO famai_firm USING (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm())) WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
GRANT SELECT ON gathering_speaker TO famai_worker;
CREATE POLICY worker_select ON gathering_speaker FOR SELECT TO famai_worker USING (true);
ALTER TABLE gathering_handout ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_handout FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON gathering_handout AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON gathering_handout TO famai_public;
CREATE POLICY public_select ON gathering_handout FOR SELECT TO famai_public USING (true);
GRANT SELECT ON gathering_handout TO famai_bureau;
CREATE POLICY bureau_select ON gathering_handout FOR SELECT TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON gathering_handout TO famai_bureau;
CREATE POLICY bureau_insert ON gathering_handout FOR INSERT TO famai_bureau WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE ON gathering_handout TO famai_bureau;
CREATE POLICY bureau_update ON gathering_handout FOR UPDATE TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON gathering_handout TO famai_firm;
CREATE POLICY firm_select ON gathering_handout FOR SELECT TO famai_firm USING (gathering_id IN (SELECT id FROM gathering));
GRANT INSERT ON gathering_handout TO famai_firm;
CREATE POLICY firm_insert ON gathering_handout FOR INSERT TO famai_firm WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
GRANT UPDATE ON gathering_handout TO famai_firm;
CREATE POLICY firm_update ON gathering_handout FOR UPDATE TO famai_firm USING (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm())) WITH CHECK (gathering_id IN (SELECT id FROM gathering WHERE by_firm = app_firm()));
ALTER TABLE gathering_seat ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_seat FORCE ROW LEVEL SECURITY;
GRANT SELECT ON gathering_seat TO famai_public;
CREATE POLICY public_select ON gathering_seat FOR SELECT TO famai_public USING (token = app_token());
GRANT INSERT ON gathering_seat TO famai_public;
CREATE POLICY public_insert ON gathering_seat FOR INSERT TO famai_public WITH CHECK (token = app_token());
GRANT UPDATE (state, sealed_phone, came_at) ON gathering_seat TO famai_public;
CREATE POLICY public_update ON gathering_seat FOR UPDATE TO famai_public USING (token = app_token()) WITH CHECK (token = app_token());
GRANT SELECT ON gathering_seat TO famai_worker;
CREATE POLICY worker_select ON gathering_seat FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON gathering_seat TO famai_worker;
CREATE POLICY worker_delete ON gathering_seat FOR DELETE TO famai_worker USING (true);
GRANT UPDATE (state, sealed_phone) ON gathering_seat TO famai_worker;
CREATE POLICY worker_update ON gathering_seat FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
ALTER TABLE gathering_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE gathering_told FORCE ROW LEVEL SECURITY;
GRANT SELECT ON gathering_told TO famai_worker;
CREATE POLICY worker_select ON gathering_told FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON gathering_told TO famai_worker;
CREATE POLICY worker_insert ON gathering_told FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON gathering_told TO famai_worker;
CREATE POLICY worker_update ON gathering_told FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT DELETE ON gathering_told TO famai_worker;
CREATE POLICY worker_delete ON gathering_told FOR DELETE TO famai_worker USING (true);
GRANT SELECT ON gathering_told TO famai_bureau;
CREATE POLICY bureau_select ON gathering_told FOR SELECT TO famai_bureau USING (gathering_id IN (SELECT id FROM gathering));
GRANT SELECT ON gathering_told TO famai_firm;
CREATE POLICY firm_select ON gathering_told FOR SELECT TO famai_firm USING (gathering_id IN (SELECT id FROM gathering));
GRANT SELECT ON gathering_told TO famai_partner;
CREATE POLICY partner_select ON gathering_told FOR SELECT TO famai_partner USING (gathering_id IN (SELECT id FROM gathering));
ALTER TABLE checkup ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkup FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON checkup AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON checkup TO famai_owner;
CREATE POLICY owner_select ON checkup FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON checkup TO famai_owner;
CREATE POLICY owner_insert ON checkup FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON checkup TO famai_owner;
CREATE POLICY owner_update ON checkup FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON checkup TO famai_firm;
CREATE POLICY firm_select ON checkup FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON checkup TO famai_firm;
CREATE POLICY firm_insert ON checkup FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON checkup TO famai_firm;
CREATE POLICY firm_update ON checkup FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON checkup TO famai_worker;
CREATE POLICY worker_select ON checkup FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON checkup TO famai_worker;
CREATE POLICY worker_insert ON checkup FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON checkup TO famai_worker;
CREATE POLICY worker_update ON checkup FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON checkup TO famai_self;
CREATE POLICY self_select ON checkup FOR SELECT TO famai_self USING (owner_id = app_person());
GRANT SELECT (firm_id, id, business_id, owner_id, case_number, state, mode, focus, pack_id, pack_version, pack_hash, locale, channel, review_wanted, started_at, submitted_at, signed_at, light) ON checkup TO famai_helper;
CREATE POLICY helper_select ON checkup FOR SELECT TO famai_helper USING ((firm_id, id) IN (SELECT firm_id, checkup_id FROM assistance));
GRANT UPDATE (state) ON checkup TO famai_helper;
CREATE POLICY helper_update ON checkup FOR UPDATE TO famai_helper USING ((firm_id, id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND state IN ('started', 'answering')) WITH CHECK ((firm_id, id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND state IN ('started', 'answering'));
GRANT SELECT (firm_id, id, business_id, owner_id, case_number, state, mode, focus, pack_id, pack_version, pack_hash, locale, channel, review_wanted, started_at, submitted_at, signed_at) ON checkup TO famai_delegate;
CREATE POLICY delegate_select ON checkup FOR SELECT TO famai_delegate USING ((firm_id, id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL));
GRANT UPDATE (state) ON checkup TO famai_delegate;
CREATE POLICY delegate_update ON checkup FOR UPDATE TO famai_delegate USING ((firm_id, id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND state IN ('started', 'answering')) WITH CHECK ((firm_id, id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND state IN ('started', 'answering'));
ALTER TABLE progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE progress FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON progress AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON progress TO famai_owner;
CREATE POLICY owner_select ON progress FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON progress TO famai_firm;
CREATE POLICY firm_select ON progress FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON progress TO famai_bureau;
CREATE POLICY bureau_select ON progress FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE answers ENABLE ROW LEVEL SECURITY;
ALTER TABLE answers FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON answers AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON answers TO famai_owner;
CREATE POLICY owner_select ON answers FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON answers TO famai_owner;
CREATE POLICY owner_insert ON answers FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON answers TO famai_owner;
CREATE POLICY owner_update ON answers FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON answers TO famai_firm;
CREATE POLICY firm_select ON answers FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = answers.firm_id AND c.checkup_id = answers.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = answers.firm_id AND g.checkup_id = answers.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT UPDATE ON answers TO famai_firm;
CREATE POLICY firm_update ON answers FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = answers.firm_id AND c.checkup_id = answers.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = answers.firm_id AND c.checkup_id = answers.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON answers TO famai_helper;
CREATE POLICY helper_select ON answers FOR SELECT TO famai_helper USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill'));
GRANT UPDATE (version, sealed) ON answers TO famai_helper;
CREATE POLICY helper_update ON answers FOR UPDATE TO famai_helper USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill')) WITH CHECK ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill'));
GRANT SELECT ON answers TO famai_delegate;
CREATE POLICY delegate_select ON answers FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND (firm_id, checkup_id) IN (SELECT firm_id, id FROM checkup WHERE state IN ('started', 'answering')));
GRANT UPDATE (version, sealed) ON answers TO famai_delegate;
CREATE POLICY delegate_update ON answers FOR UPDATE TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND (firm_id, checkup_id) IN (SELECT firm_id, id FROM checkup WHERE state IN ('started', 'answering'))) WITH CHECK ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND (firm_id, checkup_id) IN (SELECT firm_id, id FROM checkup WHERE state IN ('started', 'answering')));
GRANT SELECT ON answers TO famai_worker;
CREATE POLICY worker_select ON answers FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON answers TO famai_worker;
CREATE POLICY worker_insert ON answers FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON answers TO famai_worker;
CREATE POLICY worker_update ON answers FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE case_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_key FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON case_key AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON case_key TO famai_owner;
CREATE POLICY owner_select ON case_key FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON case_key TO famai_owner;
CREATE POLICY owner_insert ON case_key FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON case_key TO famai_owner;
CREATE POLICY owner_delete ON case_key FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON case_key TO famai_firm;
CREATE POLICY firm_select ON case_key FOR SELECT TO famai_firm USING ((firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_key.firm_id AND c.checkup_id = case_key.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = case_key.firm_id AND g.checkup_id = case_key.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now()))) OR (opens = 'names' AND firm_id = app_firm() AND EXISTS (SELECT 1 FROM checkup k WHERE k.firm_id = case_key.firm_id AND k.id = case_key.checkup_id AND k.review_wanted)));
GRANT INSERT ON case_key TO famai_firm;
CREATE POLICY firm_insert ON case_key FOR INSERT TO famai_firm WITH CHECK (opens = 'names' AND firm_id = app_firm() AND EXISTS (SELECT 1 FROM checkup k WHERE k.firm_id = case_key.firm_id AND k.id = case_key.checkup_id AND k.review_wanted));
GRANT SELECT ON case_key TO famai_helper;
CREATE POLICY helper_select ON case_key FOR SELECT TO famai_helper USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND opens = 'facts');
GRANT SELECT ON case_key TO famai_delegate;
CREATE POLICY delegate_select ON case_key FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL) AND opens = 'facts');
GRANT SELECT ON case_key TO famai_worker;
CREATE POLICY worker_select ON case_key FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON case_key TO famai_worker;
CREATE POLICY worker_insert ON case_key FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON case_key TO famai_worker;
CREATE POLICY worker_update ON case_key FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON case_key TO famai_worker;
CREATE POLICY worker_delete ON case_key FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE finding ENABLE ROW LEVEL SECURITY;
ALTER TABLE finding FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON finding AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON finding TO famai_owner;
CREATE POLICY owner_select ON finding FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON finding TO famai_owner;
CREATE POLICY owner_insert ON finding FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON finding TO famai_owner;
CREATE POLICY owner_update ON finding FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON finding TO famai_owner;
CREATE POLICY owner_delete ON finding FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON finding TO famai_firm;
CREATE POLICY firm_select ON finding FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = finding.firm_id AND c.checkup_id = finding.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = finding.firm_id AND g.checkup_id = finding.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON finding TO famai_firm;
CREATE POLICY firm_insert ON finding FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = finding.firm_id AND c.checkup_id = finding.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT UPDATE ON finding TO famai_firm;
CREATE POLICY firm_update ON finding FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = finding.firm_id AND c.checkup_id = finding.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = finding.firm_id AND c.checkup_id = finding.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON finding TO famai_helper;
CREATE POLICY helper_select ON finding FOR SELECT TO famai_helper USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE shows = 'findings'));
GRANT SELECT (firm_id, checkup_id, risk, likelihood, case_place, lawyer_action, lawyer_likelihood) ON finding TO famai_delegate;
CREATE POLICY delegate_select ON finding FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND sees_fixes) AND (firm_id, checkup_id, risk) IN (SELECT firm_id, checkup_id, risk FROM fix));
GRANT SELECT ON finding TO famai_worker;
CREATE POLICY worker_select ON finding FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON finding TO famai_worker;
CREATE POLICY worker_insert ON finding FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON finding TO famai_worker;
CREATE POLICY worker_update ON finding FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON finding TO famai_worker;
CREATE POLICY worker_delete ON finding FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
ALTER TABLE document FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON document AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON document TO famai_owner;
CREATE POLICY owner_select ON document FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON document TO famai_owner;
CREATE POLICY owner_insert ON document FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON document TO famai_owner;
CREATE POLICY owner_update ON document FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON document TO famai_firm;
CREATE POLICY firm_select ON document FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = document.firm_id AND c.checkup_id = document.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = document.firm_id AND g.checkup_id = document.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON document TO famai_firm;
CREATE POLICY firm_insert ON document FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = document.firm_id AND c.checkup_id = document.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT UPDATE ON document TO famai_firm;
CREATE POLICY firm_update ON document FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = document.firm_id AND c.checkup_id = document.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = document.firm_id AND c.checkup_id = document.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON document TO famai_worker;
CREATE POLICY worker_select ON document FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON document TO famai_worker;
CREATE POLICY worker_insert ON document FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON document TO famai_worker;
CREATE POLICY worker_update ON document FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON document TO famai_worker;
CREATE POLICY worker_delete ON document FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE review ENABLE ROW LEVEL SECURITY;
ALTER TABLE review FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON review AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON review TO famai_owner;
CREATE POLICY owner_select ON review FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (state, lawyer_id, lawyer_name, version, offered_until, offer_reasons, touched_at, warned_at, unread_at, reply_by) ON review TO famai_owner;
CREATE POLICY owner_update ON review FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON review TO famai_firm;
CREATE POLICY firm_select ON review FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON review TO famai_firm;
CREATE POLICY firm_insert ON review FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON review TO famai_firm;
CREATE POLICY firm_update ON review FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON review TO famai_worker;
CREATE POLICY worker_select ON review FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON review TO famai_worker;
CREATE POLICY worker_insert ON review FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON review TO famai_worker;
CREATE POLICY worker_update ON review FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE review_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON review_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT (firm_id, checkup_id, id, kind, was, became, at) ON review_event TO famai_owner;
CREATE POLICY owner_select ON review_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON review_event TO famai_owner;
CREATE POLICY owner_insert ON review_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON review_event TO famai_firm;
CREATE POLICY firm_select ON review_event FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON review_event TO famai_firm;
CREATE POLICY firm_insert ON review_event FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON review_event TO famai_worker;
CREATE POLICY worker_select ON review_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON review_event TO famai_worker;
CREATE POLICY worker_insert ON review_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT SELECT (firm_id, checkup_id, id, kind, was, became, at) ON review_event TO famai_bureau;
CREATE POLICY bureau_select ON review_event FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE case_parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_parties FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON case_parties AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON case_parties TO famai_owner;
CREATE POLICY owner_select ON case_parties FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON case_parties TO famai_owner;
CREATE POLICY owner_insert ON case_parties FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON case_parties TO famai_owner;
CREATE POLICY owner_update ON case_parties FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON case_parties TO famai_firm;
CREATE POLICY firm_select ON case_parties FOR SELECT TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM checkup k WHERE k.firm_id = case_parties.firm_id AND k.id = case_parties.checkup_id AND k.review_wanted));
GRANT SELECT ON case_parties TO famai_worker;
CREATE POLICY worker_select ON case_parties FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON case_parties TO famai_worker;
CREATE POLICY worker_insert ON case_parties FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON case_parties TO famai_worker;
CREATE POLICY worker_update ON case_parties FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE conflict_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE conflict_check FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON conflict_check AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON conflict_check TO famai_firm;
CREATE POLICY firm_select ON conflict_check FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON conflict_check TO famai_firm;
CREATE POLICY firm_insert ON conflict_check FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT UPDATE ON conflict_check TO famai_firm;
CREATE POLICY firm_update ON conflict_check FOR UPDATE TO famai_firm USING ((firm_id = app_firm() AND person_id = app_person() AND outcome IN ('clear', 'released')) OR (firm_id = app_firm() AND person_id <> app_person() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'partner')) OR (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin') AND outcome = 'clear')) WITH CHECK ((firm_id = app_firm() AND person_id = app_person()) OR (firm_id = app_firm() AND person_id <> app_person() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'partner')) OR (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin') AND outcome = 'released'));
GRANT SELECT ON conflict_check TO famai_worker;
CREATE POLICY worker_select ON conflict_check FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON conflict_check TO famai_worker;
CREATE POLICY worker_update ON conflict_check FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE firm_party ENABLE ROW LEVEL SECURITY;
ALTER TABLE firm_party FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON firm_party AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON firm_party TO famai_firm;
CREATE POLICY firm_select ON firm_party FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON firm_party TO famai_firm;
CREATE POLICY firm_insert ON firm_party FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT UPDATE ON firm_party TO famai_firm;
CREATE POLICY firm_update ON firm_party FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin')) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT DELETE ON firm_party TO famai_firm;
CREATE POLICY firm_delete ON firm_party FOR DELETE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT SELECT ON firm_party TO famai_worker;
CREATE POLICY worker_select ON firm_party FOR SELECT TO famai_worker USING (firm_id = app_firm());
ALTER TABLE checkup_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE checkup_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON checkup_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON checkup_event TO famai_owner;
CREATE POLICY owner_select ON checkup_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON checkup_event TO famai_owner;
CREATE POLICY owner_insert ON checkup_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON checkup_event TO famai_firm;
CREATE POLICY firm_select ON checkup_event FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON checkup_event TO famai_firm;
CREATE POLICY firm_insert ON checkup_event FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON checkup_event TO famai_worker;
CREATE POLICY worker_select ON checkup_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON checkup_event TO famai_worker;
CREATE POLICY worker_insert ON checkup_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT SELECT (firm_id, checkup_id, id, was, became, at) ON checkup_event TO famai_bureau;
CREATE POLICY bureau_select ON checkup_event FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON checkup_event TO famai_helper;
CREATE POLICY helper_insert ON checkup_event FOR INSERT TO famai_helper WITH CHECK ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM assistance WHERE purpose = 'fill') AND actor_id = app_person() AND became = 'answering');
GRANT INSERT ON checkup_event TO famai_delegate;
CREATE POLICY delegate_insert ON checkup_event FOR INSERT TO famai_delegate WITH CHECK ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND areas <> '') AND (firm_id, checkup_id) IN (SELECT firm_id, id FROM checkup WHERE state IN ('started', 'answering')) AND actor_id = app_person() AND became = 'answering');
ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON erasure AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON erasure TO famai_owner;
CREATE POLICY owner_select ON erasure FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON erasure TO famai_owner;
CREATE POLICY owner_insert ON erasure FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON erasure TO famai_firm;
CREATE POLICY firm_select ON erasure FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON erasure TO famai_worker;
CREATE POLICY worker_select ON erasure FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON erasure TO famai_worker;
CREATE POLICY worker_insert ON erasure FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
ALTER TABLE break_glass ENABLE ROW LEVEL SECURITY;
ALTER TABLE break_glass FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON break_glass AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON break_glass TO famai_owner;
CREATE POLICY owner_select ON break_glass FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON break_glass TO famai_firm;
CREATE POLICY firm_select ON break_glass FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON break_glass TO famai_firm;
CREATE POLICY firm_insert ON break_glass FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND asked_by = app_person() AND allowed_by IS NULL AND ends_at IS NULL);
GRANT UPDATE ON break_glass TO famai_firm;
CREATE POLICY firm_update ON break_glass FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND asked_by <> app_person()) WITH CHECK (firm_id = app_firm() AND asked_by <> app_person());
ALTER TABLE capacity ENABLE ROW LEVEL SECURITY;
ALTER TABLE capacity FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON capacity AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON capacity TO famai_firm;
CREATE POLICY firm_select ON capacity FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON capacity TO famai_firm;
CREATE POLICY firm_insert ON capacity FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT UPDATE ON capacity TO famai_firm;
CREATE POLICY firm_update ON capacity FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND person_id = app_person()) WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT SELECT ON capacity TO famai_worker;
CREATE POLICY worker_select ON capacity FOR SELECT TO famai_worker USING (firm_id = app_firm());
ALTER TABLE on_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE on_call FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON on_call AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON on_call TO famai_firm;
CREATE POLICY firm_select ON on_call FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON on_call TO famai_firm;
CREATE POLICY firm_insert ON on_call FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT UPDATE ON on_call TO famai_firm;
CREATE POLICY firm_update ON on_call FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin')) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT DELETE ON on_call TO famai_firm;
CREATE POLICY firm_delete ON on_call FOR DELETE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin'));
GRANT SELECT ON on_call TO famai_worker;
CREATE POLICY worker_select ON on_call FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT SELECT (firm_id, day) ON on_call TO famai_bureau;
CREATE POLICY bureau_select ON on_call FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE green_call ENABLE ROW LEVEL SECURITY;
ALTER TABLE green_call FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON green_call AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON green_call TO famai_owner;
CREATE POLICY owner_select ON green_call FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON green_call TO famai_firm;
CREATE POLICY firm_select ON green_call FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE ON green_call TO famai_firm;
CREATE POLICY firm_update ON green_call FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT (firm_id, checkup_id, state, rung, started_at, due_at, late_since, ended_at) ON green_call TO famai_bureau;
CREATE POLICY bureau_select ON green_call FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON green_call TO famai_worker;
CREATE POLICY worker_select ON green_call FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON green_call TO famai_worker;
CREATE POLICY worker_insert ON green_call FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON green_call TO famai_worker;
CREATE POLICY worker_update ON green_call FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE call_back ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_back FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON call_back AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON call_back TO famai_owner;
CREATE POLICY owner_select ON call_back FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON call_back TO famai_owner;
CREATE POLICY owner_insert ON call_back FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON call_back TO famai_owner;
CREATE POLICY owner_update ON call_back FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON call_back TO famai_owner;
CREATE POLICY owner_delete ON call_back FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON call_back TO famai_firm;
CREATE POLICY firm_select ON call_back FOR SELECT TO famai_firm USING (firm_id = app_firm() AND responsible_id = app_person());
GRANT UPDATE ON call_back TO famai_firm;
CREATE POLICY firm_update ON call_back FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND responsible_id = app_person()) WITH CHECK (firm_id = app_firm() AND responsible_id = app_person());
GRANT SELECT ON call_back TO famai_worker;
CREATE POLICY worker_select ON call_back FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON call_back TO famai_worker;
CREATE POLICY worker_update ON call_back FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON call_back TO famai_worker;
CREATE POLICY worker_delete ON call_back FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE queue_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE queue_view FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON queue_view AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON queue_view TO famai_firm;
CREATE POLICY firm_select ON queue_view FOR SELECT TO famai_firm USING (firm_id = app_firm() AND person_id = app_person());
GRANT INSERT ON queue_view TO famai_firm;
CREATE POLICY firm_insert ON queue_view FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT UPDATE ON queue_view TO famai_firm;
CREATE POLICY firm_update ON queue_view FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND person_id = app_person()) WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT DELETE ON queue_view TO famai_firm;
CREATE POLICY firm_delete ON queue_view FOR DELETE TO famai_firm USING (firm_id = app_firm() AND person_id = app_person());
ALTER TABLE edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE edition FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON edition AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON edition TO famai_owner;
CREATE POLICY owner_select ON edition FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON edition TO famai_firm;
CREATE POLICY firm_select ON edition FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = edition.firm_id AND c.checkup_id = edition.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = edition.firm_id AND g.checkup_id = edition.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON edition TO famai_firm;
CREATE POLICY firm_insert ON edition FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = edition.firm_id AND c.checkup_id = edition.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON edition TO famai_worker;
CREATE POLICY worker_select ON edition FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON edition TO famai_worker;
CREATE POLICY worker_update ON edition FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE signing ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON signing AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON signing TO famai_firm;
CREATE POLICY firm_select ON signing FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = signing.firm_id AND c.checkup_id = signing.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = signing.firm_id AND g.checkup_id = signing.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON signing TO famai_firm;
CREATE POLICY firm_insert ON signing FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = signing.firm_id AND c.checkup_id = signing.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON signing TO famai_worker;
CREATE POLICY worker_select ON signing FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON signing TO famai_worker;
CREATE POLICY worker_update ON signing FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE risk_quality ENABLE ROW LEVEL SECURITY;
ALTER TABLE risk_quality FORCE ROW LEVEL SECURITY;
GRANT SELECT ON risk_quality TO famai_worker;
CREATE POLICY worker_select ON risk_quality FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON risk_quality TO famai_worker;
CREATE POLICY worker_insert ON risk_quality FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON risk_quality TO famai_worker;
CREATE POLICY worker_update ON risk_quality FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON risk_quality TO famai_operator;
CREATE POLICY operator_select ON risk_quality FOR SELECT TO famai_operator USING (true);
ALTER TABLE text_block ENABLE ROW LEVEL SECURITY;
ALTER TABLE text_block FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON text_block AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON text_block TO famai_firm;
CREATE POLICY firm_select ON text_block FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON text_block TO famai_firm;
CREATE POLICY firm_insert ON text_block FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON text_block TO famai_firm;
CREATE POLICY firm_update ON text_block FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE contribution ENABLE ROW LEVEL SECURITY;
ALTER TABLE contribution FORCE ROW LEVEL SECURITY;
GRANT SELECT ON contribution TO famai_worker;
CREATE POLICY worker_select ON contribution FOR SELECT TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT INSERT ON contribution TO famai_worker;
CREATE POLICY worker_insert ON contribution FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE ON contribution TO famai_worker;
CREATE POLICY worker_update ON contribution FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL) WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT DELETE ON contribution TO famai_worker;
CREATE POLICY worker_delete ON contribution FOR DELETE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
ALTER TABLE contribution_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE contribution_sum FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON contribution_sum AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON contribution_sum TO famai_worker;
CREATE POLICY worker_select ON contribution_sum FOR SELECT TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT INSERT ON contribution_sum TO famai_worker;
CREATE POLICY worker_insert ON contribution_sum FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE ON contribution_sum TO famai_worker;
CREATE POLICY worker_update ON contribution_sum FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL) WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT DELETE ON contribution_sum TO famai_worker;
CREATE POLICY worker_delete ON contribution_sum FOR DELETE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT SELECT (firm_id, period, measure, amount) ON contribution_sum TO famai_firm;
CREATE POLICY firm_select ON contribution_sum FOR SELECT TO famai_firm USING (firm_id = app_firm());
ALTER TABLE cube_cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE cube_cell FORCE ROW LEVEL SECURITY;
GRANT SELECT ON cube_cell TO famai_worker;
CREATE POLICY worker_select ON cube_cell FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON cube_cell TO famai_worker;
CREATE POLICY worker_insert ON cube_cell FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON cube_cell TO famai_worker;
CREATE POLICY worker_update ON cube_cell FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT DELETE ON cube_cell TO famai_worker;
CREATE POLICY worker_delete ON cube_cell FOR DELETE TO famai_worker USING (true);
ALTER TABLE counted_act ENABLE ROW LEVEL SECURITY;
ALTER TABLE counted_act FORCE ROW LEVEL SECURITY;
GRANT INSERT ON counted_act TO famai_owner;
CREATE POLICY owner_insert ON counted_act FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm());
GRANT SELECT ON counted_act TO famai_operator;
CREATE POLICY operator_select ON counted_act FOR SELECT TO famai_operator USING (true);
GRANT SELECT ON counted_act TO famai_worker;
CREATE POLICY worker_select ON counted_act FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON counted_act TO famai_worker;
CREATE POLICY worker_delete ON counted_act FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE release_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE release_draft FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON release_draft AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON release_draft TO famai_worker;
CREATE POLICY worker_select ON release_draft FOR SELECT TO famai_worker USING (true);
GRANT UPDATE ON release_draft TO famai_worker;
CREATE POLICY worker_update ON release_draft FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON release_draft TO famai_operator;
CREATE POLICY operator_select ON release_draft FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON release_draft TO famai_operator;
CREATE POLICY operator_insert ON release_draft FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON release_draft TO famai_operator;
CREATE POLICY operator_update ON release_draft FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
GRANT SELECT (id, period, method, threshold, after, state, why, asked_at, number) ON release_draft TO famai_bureau;
CREATE POLICY bureau_select ON release_draft FOR SELECT TO famai_bureau USING (state IN ('published', 'corrected') OR (state = 'shown' AND app_heads()));
GRANT SELECT (id, period, method, threshold, after, state, why, asked_at, number) ON release_draft TO famai_firm;
CREATE POLICY firm_select ON release_draft FOR SELECT TO famai_firm USING (state IN ('published', 'corrected') OR (state = 'shown' AND EXISTS (SELECT 1 FROM membership m WHERE m.firm_id = app_firm() AND m.person_id = app_person() AND m.role = 'firm_admin')));
ALTER TABLE draft_cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_cell FORCE ROW LEVEL SECURITY;
GRANT SELECT ON draft_cell TO famai_worker;
CREATE POLICY worker_select ON draft_cell FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON draft_cell TO famai_worker;
CREATE POLICY worker_insert ON draft_cell FOR INSERT TO famai_worker WITH CHECK (true);
GRANT SELECT ON draft_cell TO famai_operator;
CREATE POLICY operator_select ON draft_cell FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON draft_cell TO famai_operator;
CREATE POLICY operator_insert ON draft_cell FOR INSERT TO famai_operator WITH CHECK (true);
GRANT SELECT (draft_id, cell, count, status) ON draft_cell TO famai_bureau;
CREATE POLICY bureau_select ON draft_cell FOR SELECT TO famai_bureau USING (draft_id IN (SELECT id FROM release_draft));
GRANT SELECT (draft_id, cell, count, status) ON draft_cell TO famai_firm;
CREATE POLICY firm_select ON draft_cell FOR SELECT TO famai_firm USING (draft_id IN (SELECT id FROM release_draft));
ALTER TABLE preview_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE preview_look FORCE ROW LEVEL SECURITY;
GRANT SELECT ON preview_look TO famai_operator;
CREATE POLICY operator_select ON preview_look FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON preview_look TO famai_bureau;
CREATE POLICY bureau_insert ON preview_look FOR INSERT TO famai_bureau WITH CHECK (person_id = app_person());
GRANT INSERT ON preview_look TO famai_firm;
CREATE POLICY firm_insert ON preview_look FOR INSERT TO famai_firm WITH CHECK (person_id = app_person());
ALTER TABLE told_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE told_state FORCE ROW LEVEL SECURITY;
GRANT SELECT ON told_state TO famai_worker;
CREATE POLICY worker_select ON told_state FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON told_state TO famai_worker;
CREATE POLICY worker_insert ON told_state FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON told_state TO famai_worker;
CREATE POLICY worker_update ON told_state FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
ALTER TABLE release_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE release_event FORCE ROW LEVEL SECURITY;
GRANT SELECT ON release_event TO famai_worker;
CREATE POLICY worker_select ON release_event FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON release_event TO famai_worker;
CREATE POLICY worker_insert ON release_event FOR INSERT TO famai_worker WITH CHECK (true);
GRANT SELECT ON release_event TO famai_operator;
CREATE POLICY operator_select ON release_event FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON release_event TO famai_operator;
CREATE POLICY operator_insert ON release_event FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE noise_spent ENABLE ROW LEVEL SECURITY;
ALTER TABLE noise_spent FORCE ROW LEVEL SECURITY;
GRANT SELECT ON noise_spent TO famai_worker;
CREATE POLICY worker_select ON noise_spent FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON noise_spent TO famai_worker;
CREATE POLICY worker_insert ON noise_spent FOR INSERT TO famai_worker WITH CHECK (true);
GRANT SELECT ON noise_spent TO famai_operator;
CREATE POLICY operator_select ON noise_spent FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON noise_spent TO famai_operator;
CREATE POLICY operator_insert ON noise_spent FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE release ENABLE ROW LEVEL SECURITY;
ALTER TABLE release FORCE ROW LEVEL SECURITY;
GRANT SELECT ON release TO famai_public;
CREATE POLICY public_select ON release FOR SELECT TO famai_public USING (true);
GRANT SELECT ON release TO famai_bureau;
CREATE POLICY bureau_select ON release FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON release TO famai_worker;
CREATE POLICY worker_select ON release FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON release TO famai_operator;
CREATE POLICY operator_select ON release FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON release TO famai_operator;
CREATE POLICY operator_insert ON release FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE subscriber ENABLE ROW LEVEL SECURITY;
ALTER TABLE subscriber FORCE ROW LEVEL SECURITY;
GRANT SELECT ON subscriber TO famai_worker;
CREATE POLICY worker_select ON subscriber FOR SELECT TO famai_worker USING (true);
GRANT UPDATE (is_active) ON subscriber TO famai_worker;
CREATE POLICY worker_update ON subscriber FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON subscriber TO famai_operator;
CREATE POLICY operator_select ON subscriber FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON subscriber TO famai_operator;
CREATE POLICY operator_insert ON subscriber FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON subscriber TO famai_operator;
CREATE POLICY operator_update ON subscriber FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
GRANT SELECT ON subscriber TO famai_client;
CREATE POLICY client_select ON subscriber FOR SELECT TO famai_client USING (id::text = app_token());
GRANT UPDATE (url, sealed_secret, old_sealed_secret, old_until) ON subscriber TO famai_client;
CREATE POLICY client_update ON subscriber FOR UPDATE TO famai_client USING (id::text = app_token()) WITH CHECK (id::text = app_token());
ALTER TABLE delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE delivery FORCE ROW LEVEL SECURITY;
GRANT SELECT ON delivery TO famai_worker;
CREATE POLICY worker_select ON delivery FOR SELECT TO famai_worker USING (true);
GRANT UPDATE ON delivery TO famai_worker;
CREATE POLICY worker_update ON delivery FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON delivery TO famai_operator;
CREATE POLICY operator_select ON delivery FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON delivery TO famai_operator;
CREATE POLICY operator_insert ON delivery FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON delivery TO famai_operator;
CREATE POLICY operator_update ON delivery FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
GRANT SELECT ON delivery TO famai_client;
CREATE POLICY client_select ON delivery FOR SELECT TO famai_client USING (subscriber_id::text = app_token());
GRANT UPDATE (state, tries, next_at) ON delivery TO famai_client;
CREATE POLICY client_update ON delivery FOR UPDATE TO famai_client USING (subscriber_id::text = app_token()) WITH CHECK (subscriber_id::text = app_token());
ALTER TABLE released_cell ENABLE ROW LEVEL SECURITY;
ALTER TABLE released_cell FORCE ROW LEVEL SECURITY;
GRANT SELECT (number, cell, count, status) ON released_cell TO famai_public;
CREATE POLICY public_select ON released_cell FOR SELECT TO famai_public USING (true);
GRANT SELECT (number, cell, count, status) ON released_cell TO famai_bureau;
CREATE POLICY bureau_select ON released_cell FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON released_cell TO famai_worker;
CREATE POLICY worker_select ON released_cell FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON released_cell TO famai_operator;
CREATE POLICY operator_select ON released_cell FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON released_cell TO famai_operator;
CREATE POLICY operator_insert ON released_cell FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE parameter ENABLE ROW LEVEL SECURITY;
ALTER TABLE parameter FORCE ROW LEVEL SECURITY;
GRANT SELECT ON parameter TO famai_public;
CREATE POLICY public_select ON parameter FOR SELECT TO famai_public USING (state = 'approved');
GRANT SELECT ON parameter TO famai_owner;
CREATE POLICY owner_select ON parameter FOR SELECT TO famai_owner USING (state = 'approved');
GRANT SELECT ON parameter TO famai_firm;
CREATE POLICY firm_select ON parameter FOR SELECT TO famai_firm USING (state = 'approved');
GRANT SELECT ON parameter TO famai_worker;
CREATE POLICY worker_select ON parameter FOR SELECT TO famai_worker USING (state = 'approved');
GRANT SELECT ON parameter TO famai_operator;
CREATE POLICY operator_select ON parameter FOR SELECT TO famai_operator USING (state = 'approved');
GRANT SELECT ON parameter TO famai_client;
CREATE POLICY client_select ON parameter FOR SELECT TO famai_client USING (state = 'approved');
GRANT SELECT ON parameter TO famai_bureau;
CREATE POLICY bureau_select ON parameter FOR SELECT TO famai_bureau USING (state = 'approved' OR bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON parameter TO famai_bureau;
CREATE POLICY bureau_insert ON parameter FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
GRANT UPDATE ON parameter TO famai_bureau;
CREATE POLICY bureau_update ON parameter FOR UPDATE TO famai_bureau USING (bureau_id = app_bureau()) WITH CHECK (bureau_id = app_bureau());
ALTER TABLE indicator ENABLE ROW LEVEL SECURITY;
ALTER TABLE indicator FORCE ROW LEVEL SECURITY;
GRANT SELECT ON indicator TO famai_bureau;
CREATE POLICY bureau_select ON indicator FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) OR bureau_id = (SELECT parent_id FROM bureau WHERE id = app_bureau()));
GRANT INSERT ON indicator TO famai_bureau;
CREATE POLICY bureau_insert ON indicator FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
GRANT UPDATE ON indicator TO famai_bureau;
CREATE POLICY bureau_update ON indicator FOR UPDATE TO famai_bureau USING (bureau_id = app_bureau()) WITH CHECK (bureau_id = app_bureau());
ALTER TABLE bureau_edition ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau_edition FORCE ROW LEVEL SECURITY;
GRANT SELECT ON bureau_edition TO famai_bureau;
CREATE POLICY bureau_select ON bureau_edition FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON bureau_edition TO famai_bureau;
CREATE POLICY bureau_insert ON bureau_edition FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
ALTER TABLE bureau_edition_withdrawal ENABLE ROW LEVEL SECURITY;
ALTER TABLE bureau_edition_withdrawal FORCE ROW LEVEL SECURITY;
GRANT SELECT ON bureau_edition_withdrawal TO famai_bureau;
CREATE POLICY bureau_select ON bureau_edition_withdrawal FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON bureau_edition_withdrawal TO famai_bureau;
CREATE POLICY bureau_insert ON bureau_edition_withdrawal FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
ALTER TABLE figure ENABLE ROW LEVEL SECURITY;
ALTER TABLE figure FORCE ROW LEVEL SECURITY;
GRANT SELECT ON figure TO famai_bureau;
CREATE POLICY bureau_select ON figure FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON figure TO famai_bureau;
CREATE POLICY bureau_insert ON figure FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
GRANT UPDATE ON figure TO famai_bureau;
CREATE POLICY bureau_update ON figure FOR UPDATE TO famai_bureau USING (bureau_id = app_bureau()) WITH CHECK (bureau_id = app_bureau());
ALTER TABLE goal ENABLE ROW LEVEL SECURITY;
ALTER TABLE goal FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON goal AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON goal TO famai_firm;
CREATE POLICY firm_select ON goal FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON goal TO famai_bureau;
CREATE POLICY bureau_select ON goal FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) OR firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) OR (bureau_id = (SELECT parent_id FROM bureau WHERE id = app_bureau()) AND district = (SELECT district FROM bureau WHERE id = app_bureau())));
GRANT INSERT ON goal TO famai_bureau;
CREATE POLICY bureau_insert ON goal FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau() AND (firm_id IS NULL OR firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))));
ALTER TABLE emergency ENABLE ROW LEVEL SECURITY;
ALTER TABLE emergency FORCE ROW LEVEL SECURITY;
GRANT SELECT ON emergency TO famai_public;
CREATE POLICY public_select ON emergency FOR SELECT TO famai_public USING (true);
GRANT SELECT ON emergency TO famai_owner;
CREATE POLICY owner_select ON emergency FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON emergency TO famai_firm;
CREATE POLICY firm_select ON emergency FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON emergency TO famai_bureau;
CREATE POLICY bureau_select ON emergency FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON emergency TO famai_worker;
CREATE POLICY worker_select ON emergency FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON emergency TO famai_client;
CREATE POLICY client_select ON emergency FOR SELECT TO famai_client USING (true);
GRANT INSERT ON emergency TO famai_bureau;
CREATE POLICY bureau_insert ON emergency FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
GRANT UPDATE (agreed_id, agreed_by, agreed_at, ended_by, ended_at) ON emergency TO famai_bureau;
CREATE POLICY bureau_update ON emergency FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE volunteer ENABLE ROW LEVEL SECURITY;
ALTER TABLE volunteer FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON volunteer AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON volunteer TO famai_firm;
CREATE POLICY firm_select ON volunteer FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON volunteer TO famai_firm;
CREATE POLICY firm_insert ON volunteer FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND person_id = app_person());
GRANT DELETE ON volunteer TO famai_firm;
CREATE POLICY firm_delete ON volunteer FOR DELETE TO famai_firm USING (firm_id = app_firm() AND person_id = app_person());
GRANT SELECT ON volunteer TO famai_bureau;
CREATE POLICY bureau_select ON volunteer FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE lot ENABLE ROW LEVEL SECURITY;
ALTER TABLE lot FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON lot AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON lot TO famai_firm;
CREATE POLICY firm_select ON lot FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON lot TO famai_bureau;
CREATE POLICY bureau_select ON lot FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON lot TO famai_bureau;
CREATE POLICY bureau_insert ON lot FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau() AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (settled_at, settled_by) ON lot TO famai_bureau;
CREATE POLICY bureau_update ON lot FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (bureau_id IN (SELECT app_bureaus()) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE lot_unit ENABLE ROW LEVEL SECURITY;
ALTER TABLE lot_unit FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON lot_unit AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON lot_unit TO famai_firm;
CREATE POLICY firm_select ON lot_unit FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON lot_unit TO famai_bureau;
CREATE POLICY bureau_select ON lot_unit FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON lot_unit TO famai_bureau;
CREATE POLICY bureau_insert ON lot_unit FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE lot_settlement ENABLE ROW LEVEL SECURITY;
ALTER TABLE lot_settlement FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON lot_settlement AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON lot_settlement TO famai_firm;
CREATE POLICY firm_select ON lot_settlement FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON lot_settlement TO famai_bureau;
CREATE POLICY bureau_select ON lot_settlement FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON lot_settlement TO famai_bureau;
CREATE POLICY bureau_insert ON lot_settlement FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau() AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (state, decided_id, decided_by, decided_at) ON lot_settlement TO famai_bureau;
CREATE POLICY bureau_update ON lot_settlement FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE lot_settled_unit ENABLE ROW LEVEL SECURITY;
ALTER TABLE lot_settled_unit FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON lot_settled_unit AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON lot_settled_unit TO famai_firm;
CREATE POLICY firm_select ON lot_settled_unit FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON lot_settled_unit TO famai_bureau;
CREATE POLICY bureau_select ON lot_settled_unit FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON lot_settled_unit TO famai_bureau;
CREATE POLICY bureau_insert ON lot_settled_unit FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE standard_check ENABLE ROW LEVEL SECURITY;
ALTER TABLE standard_check FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON standard_check AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON standard_check TO famai_firm;
CREATE POLICY firm_select ON standard_check FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON standard_check TO famai_bureau;
CREATE POLICY bureau_select ON standard_check FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON standard_check TO famai_bureau;
CREATE POLICY bureau_insert ON standard_check FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE survey_answer ENABLE ROW LEVEL SECURITY;
ALTER TABLE survey_answer FORCE ROW LEVEL SECURITY;
GRANT INSERT ON survey_answer TO famai_owner;
CREATE POLICY owner_insert ON survey_answer FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm());
GRANT SELECT ON survey_answer TO famai_worker;
CREATE POLICY worker_select ON survey_answer FOR SELECT TO famai_worker USING (true);
ALTER TABLE incident ENABLE ROW LEVEL SECURITY;
ALTER TABLE incident FORCE ROW LEVEL SECURITY;
GRANT SELECT (id, banner, banner_en, is_read_only, opened_at, agreed_at, ended_at) ON incident TO famai_public;
CREATE POLICY public_select ON incident FOR SELECT TO famai_public USING (ended_at IS NULL);
GRANT SELECT ON incident TO famai_operator;
CREATE POLICY operator_select ON incident FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON incident TO famai_operator;
CREATE POLICY operator_insert ON incident FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON incident TO famai_operator;
CREATE POLICY operator_update ON incident FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE pack_release ENABLE ROW LEVEL SECURITY;
ALTER TABLE pack_release FORCE ROW LEVEL SECURITY;
GRANT SELECT (id, pack_id, version, others, share, firms, state, released_at) ON pack_release TO famai_owner;
CREATE POLICY owner_select ON pack_release FOR SELECT TO famai_owner USING (state IN ('released', 'stopped'));
GRANT SELECT (id, pack_id, version, others, share, firms, state, released_at) ON pack_release TO famai_firm;
CREATE POLICY firm_select ON pack_release FOR SELECT TO famai_firm USING (state IN ('released', 'stopped'));
GRANT SELECT ON pack_release TO famai_worker;
CREATE POLICY worker_select ON pack_release FOR SELECT TO famai_worker USING (true);
GRANT UPDATE (impact) ON pack_release TO famai_worker;
CREATE POLICY worker_update ON pack_release FOR UPDATE TO famai_worker USING (state = 'proposed') WITH CHECK (state = 'proposed');
GRANT SELECT ON pack_release TO famai_operator;
CREATE POLICY operator_select ON pack_release FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON pack_release TO famai_operator;
CREATE POLICY operator_insert ON pack_release FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON pack_release TO famai_operator;
CREATE POLICY operator_update ON pack_release FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE data_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE data_request FORCE ROW LEVEL SECURITY;
GRANT SELECT ON data_request TO famai_operator;
CREATE POLICY operator_select ON data_request FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON data_request TO famai_operator;
CREATE POLICY operator_insert ON data_request FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE (state, outcome, settled_by, settled_at) ON data_request TO famai_operator;
CREATE POLICY operator_update ON data_request FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE fee ENABLE ROW LEVEL SECURITY;
ALTER TABLE fee FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON fee AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON fee TO famai_owner;
CREATE POLICY owner_select ON fee FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON fee TO famai_owner;
CREATE POLICY owner_update ON fee FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON fee TO famai_firm;
CREATE POLICY firm_select ON fee FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON fee TO famai_firm;
CREATE POLICY firm_insert ON fee FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON fee TO famai_firm;
CREATE POLICY firm_update ON fee FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON fee TO famai_worker;
CREATE POLICY worker_select ON fee FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON fee TO famai_worker;
CREATE POLICY worker_update ON fee FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON fee TO famai_provider;
CREATE POLICY provider_select ON fee FOR SELECT TO famai_provider USING (provider_id = app_provider() AND app_token() IS NULL AND referral_id IN (SELECT id FROM referral));
GRANT INSERT ON fee TO famai_provider;
CREATE POLICY provider_insert ON fee FOR INSERT TO famai_provider WITH CHECK (provider_id = app_provider() AND app_token() IS NULL AND state = 'offered' AND (firm_id, referral_id, checkup_id, business_id, owner_id) IN (SELECT firm_id, id, checkup_id, business_id, owner_id FROM referral WHERE state IN ('offered', 'accepted', 'under_way', 'more_asked')));
ALTER TABLE invoice ENABLE ROW LEVEL SECURITY;
ALTER TABLE invoice FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON invoice AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON invoice TO famai_owner;
CREATE POLICY owner_select ON invoice FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON invoice TO famai_owner;
CREATE POLICY owner_insert ON invoice FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON invoice TO famai_owner;
CREATE POLICY owner_update ON invoice FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON invoice TO famai_firm;
CREATE POLICY firm_select ON invoice FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON invoice TO famai_firm;
CREATE POLICY firm_insert ON invoice FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON invoice TO famai_firm;
CREATE POLICY firm_update ON invoice FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON invoice TO famai_worker;
CREATE POLICY worker_select ON invoice FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON invoice TO famai_worker;
CREATE POLICY worker_insert ON invoice FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON invoice TO famai_worker;
CREATE POLICY worker_update ON invoice FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE refund ENABLE ROW LEVEL SECURITY;
ALTER TABLE refund FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON refund AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON refund TO famai_owner;
CREATE POLICY owner_select ON refund FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON refund TO famai_firm;
CREATE POLICY firm_select ON refund FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON refund TO famai_firm;
CREATE POLICY firm_insert ON refund FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON refund TO famai_firm;
CREATE POLICY firm_update ON refund FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON refund TO famai_worker;
CREATE POLICY worker_select ON refund FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON refund TO famai_worker;
CREATE POLICY worker_insert ON refund FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON refund TO famai_worker;
CREATE POLICY worker_update ON refund FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE payer ENABLE ROW LEVEL SECURITY;
ALTER TABLE payer FORCE ROW LEVEL SECURITY;
GRANT SELECT ON payer TO famai_worker;
CREATE POLICY worker_select ON payer FOR SELECT TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT INSERT ON payer TO famai_worker;
CREATE POLICY worker_insert ON payer FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE ON payer TO famai_worker;
CREATE POLICY worker_update ON payer FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL) WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
ALTER TABLE firm_plan ENABLE ROW LEVEL SECURITY;
ALTER TABLE firm_plan FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON firm_plan AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON firm_plan TO famai_firm;
CREATE POLICY firm_select ON firm_plan FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON firm_plan TO famai_worker;
CREATE POLICY worker_select ON firm_plan FOR SELECT TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT INSERT ON firm_plan TO famai_worker;
CREATE POLICY worker_insert ON firm_plan FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE ON firm_plan TO famai_worker;
CREATE POLICY worker_update ON firm_plan FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL) WITH CHECK (firm_id = app_firm() OR app_firm() IS NULL);
ALTER TABLE plan_visit ENABLE ROW LEVEL SECURITY;
ALTER TABLE plan_visit FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON plan_visit AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON plan_visit TO famai_firm;
CREATE POLICY firm_select ON plan_visit FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON plan_visit TO famai_firm;
CREATE POLICY firm_insert ON plan_visit FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON plan_visit TO famai_worker;
CREATE POLICY worker_select ON plan_visit FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON plan_visit TO famai_worker;
CREATE POLICY worker_update ON plan_visit FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE stripe_notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE stripe_notice FORCE ROW LEVEL SECURITY;
GRANT SELECT ON stripe_notice TO famai_worker;
CREATE POLICY worker_select ON stripe_notice FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON stripe_notice TO famai_worker;
CREATE POLICY worker_insert ON stripe_notice FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON stripe_notice TO famai_worker;
CREATE POLICY worker_update ON stripe_notice FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
ALTER TABLE money_difference ENABLE ROW LEVEL SECURITY;
ALTER TABLE money_difference FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON money_difference AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON money_difference TO famai_firm;
CREATE POLICY firm_select ON money_difference FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON money_difference TO famai_worker;
CREATE POLICY worker_select ON money_difference FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON money_difference TO famai_worker;
CREATE POLICY worker_insert ON money_difference FOR INSERT TO famai_worker WITH CHECK (true);
GRANT UPDATE ON money_difference TO famai_worker;
CREATE POLICY worker_update ON money_difference FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON money_difference TO famai_operator;
CREATE POLICY operator_select ON money_difference FOR SELECT TO famai_operator USING (true);
ALTER TABLE posting ENABLE ROW LEVEL SECURITY;
ALTER TABLE posting FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON posting AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON posting TO famai_owner;
CREATE POLICY owner_select ON posting FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON posting TO famai_owner;
CREATE POLICY owner_insert ON posting FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON posting TO famai_firm;
CREATE POLICY firm_select ON posting FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON posting TO famai_firm;
CREATE POLICY firm_insert ON posting FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON posting TO famai_worker;
CREATE POLICY worker_select ON posting FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON posting TO famai_worker;
CREATE POLICY worker_insert ON posting FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT SELECT ON posting TO famai_provider;
CREATE POLICY provider_select ON posting FOR SELECT TO famai_provider USING ((firm_id, fee_id) IN (SELECT firm_id, id FROM fee));
ALTER TABLE activity_day ENABLE ROW LEVEL SECURITY;
ALTER TABLE activity_day FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON activity_day AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON activity_day TO famai_firm;
CREATE POLICY firm_select ON activity_day FOR SELECT TO famai_firm USING (firm_id = app_firm() AND lawyer_id = app_person());
GRANT DELETE ON activity_day TO famai_firm;
CREATE POLICY firm_delete ON activity_day FOR DELETE TO famai_firm USING (firm_id = app_firm() AND lawyer_id = app_person());
GRANT INSERT ON activity_day TO famai_firm;
CREATE POLICY firm_insert ON activity_day FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = activity_day.firm_id AND c.checkup_id = activity_day.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) AND lawyer_id = app_person());
GRANT UPDATE ON activity_day TO famai_firm;
CREATE POLICY firm_update ON activity_day FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = activity_day.firm_id AND c.checkup_id = activity_day.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) AND lawyer_id = app_person()) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = activity_day.firm_id AND c.checkup_id = activity_day.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) AND lawyer_id = app_person());
GRANT SELECT ON activity_day TO famai_worker;
CREATE POLICY worker_select ON activity_day FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON activity_day TO famai_worker;
CREATE POLICY worker_delete ON activity_day FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE hour_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE hour_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON hour_entry AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON hour_entry TO famai_owner;
CREATE POLICY owner_select ON hour_entry FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (state, confirmed_at, confirmed_by) ON hour_entry TO famai_owner;
CREATE POLICY owner_update ON hour_entry FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person() AND state = 'submitted') WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND state IN ('confirmed', 'questioned'));
GRANT SELECT ON hour_entry TO famai_firm;
CREATE POLICY firm_select ON hour_entry FOR SELECT TO famai_firm USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_entry TO famai_firm;
CREATE POLICY firm_insert ON hour_entry FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON hour_entry TO famai_firm;
CREATE POLICY firm_update ON hour_entry FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT (firm_id, id, lawyer_id, lawyer_name, checkup_id, category, source, day, spans, minutes, credited, credited_minutes, place, witness, reference, corrects_id, state, made_at, submitted_at, confirmed_at, confirmed_by, settled_at) ON hour_entry TO famai_bureau;
CREATE POLICY bureau_select ON hour_entry FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON hour_entry TO famai_worker;
CREATE POLICY worker_select ON hour_entry FOR SELECT TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_entry TO famai_worker;
CREATE POLICY worker_insert ON hour_entry FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT UPDATE ON hour_entry TO famai_worker;
CREATE POLICY worker_update ON hour_entry FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person()) WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT DELETE ON hour_entry TO famai_worker;
CREATE POLICY worker_delete ON hour_entry FOR DELETE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
ALTER TABLE hour_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE hour_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON hour_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT INSERT ON hour_event TO famai_owner;
CREATE POLICY owner_insert ON hour_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND actor_id = app_person() AND actor_kind = 'owner' AND was = 'submitted' AND entry_id IN (SELECT id FROM hour_entry));
GRANT SELECT ON hour_event TO famai_firm;
CREATE POLICY firm_select ON hour_event FOR SELECT TO famai_firm USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_event TO famai_firm;
CREATE POLICY firm_insert ON hour_event FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON hour_event TO famai_bureau;
CREATE POLICY bureau_select ON hour_event FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON hour_event TO famai_worker;
CREATE POLICY worker_select ON hour_event FOR SELECT TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_event TO famai_worker;
CREATE POLICY worker_insert ON hour_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT UPDATE ON hour_event TO famai_worker;
CREATE POLICY worker_update ON hour_event FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person()) WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT DELETE ON hour_event TO famai_worker;
CREATE POLICY worker_delete ON hour_event FOR DELETE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
ALTER TABLE hour_category ENABLE ROW LEVEL SECURITY;
ALTER TABLE hour_category FORCE ROW LEVEL SECURITY;
GRANT SELECT ON hour_category TO famai_owner;
CREATE POLICY owner_select ON hour_category FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON hour_category TO famai_firm;
CREATE POLICY firm_select ON hour_category FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON hour_category TO famai_worker;
CREATE POLICY worker_select ON hour_category FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON hour_category TO famai_bureau;
CREATE POLICY bureau_select ON hour_category FOR SELECT TO famai_bureau USING (true);
GRANT INSERT ON hour_category TO famai_bureau;
CREATE POLICY bureau_insert ON hour_category FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE ON hour_category TO famai_bureau;
CREATE POLICY bureau_update ON hour_category FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE hour_anomaly ENABLE ROW LEVEL SECURITY;
ALTER TABLE hour_anomaly FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON hour_anomaly AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON hour_anomaly TO famai_firm;
CREATE POLICY firm_select ON hour_anomaly FOR SELECT TO famai_firm USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT UPDATE (reply, replied_at) ON hour_anomaly TO famai_firm;
CREATE POLICY firm_update ON hour_anomaly FOR UPDATE TO famai_firm USING (lawyer_id = app_person()) WITH CHECK (lawyer_id = app_person());
GRANT SELECT (firm_id, id, kind, lawyer_id, lawyer_name, day, numbers, found_at, reply, replied_at, settled_at, settled_why) ON hour_anomaly TO famai_bureau;
CREATE POLICY bureau_select ON hour_anomaly FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (settled_at, settled_why) ON hour_anomaly TO famai_bureau;
CREATE POLICY bureau_update ON hour_anomaly FOR UPDATE TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON hour_anomaly TO famai_worker;
CREATE POLICY worker_select ON hour_anomaly FOR SELECT TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_anomaly TO famai_worker;
CREATE POLICY worker_insert ON hour_anomaly FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT UPDATE ON hour_anomaly TO famai_worker;
CREATE POLICY worker_update ON hour_anomaly FOR UPDATE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person()) WITH CHECK (firm_id = app_firm() OR lawyer_id = app_person());
GRANT DELETE ON hour_anomaly TO famai_worker;
CREATE POLICY worker_delete ON hour_anomaly FOR DELETE TO famai_worker USING (firm_id = app_firm() OR lawyer_id = app_person());
ALTER TABLE advice_print ENABLE ROW LEVEL SECURITY;
ALTER TABLE advice_print FORCE ROW LEVEL SECURITY;
GRANT SELECT ON advice_print TO famai_worker;
CREATE POLICY worker_select ON advice_print FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON advice_print TO famai_worker;
CREATE POLICY worker_insert ON advice_print FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON advice_print TO famai_worker;
CREATE POLICY worker_update ON advice_print FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON advice_print TO famai_worker;
CREATE POLICY worker_delete ON advice_print FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE sample_draw ENABLE ROW LEVEL SECURITY;
ALTER TABLE sample_draw FORCE ROW LEVEL SECURITY;
GRANT SELECT ON sample_draw TO famai_public;
CREATE POLICY public_select ON sample_draw FOR SELECT TO famai_public USING (true);
GRANT SELECT ON sample_draw TO famai_firm;
CREATE POLICY firm_select ON sample_draw FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON sample_draw TO famai_bureau;
CREATE POLICY bureau_select ON sample_draw FOR SELECT TO famai_bureau USING (true);
GRANT SELECT ON sample_draw TO famai_worker;
CREATE POLICY worker_select ON sample_draw FOR SELECT TO famai_worker USING (true);
GRANT INSERT ON sample_draw TO famai_bureau;
CREATE POLICY bureau_insert ON sample_draw FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE ON sample_draw TO famai_bureau;
CREATE POLICY bureau_update ON sample_draw FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE assessor ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessor FORCE ROW LEVEL SECURITY;
GRANT SELECT ON assessor TO famai_bureau;
CREATE POLICY bureau_select ON assessor FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON assessor TO famai_bureau;
CREATE POLICY bureau_insert ON assessor FOR INSERT TO famai_bureau WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE ON assessor TO famai_bureau;
CREATE POLICY bureau_update ON assessor FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
ALTER TABLE assessment ENABLE ROW LEVEL SECURITY;
ALTER TABLE assessment FORCE ROW LEVEL SECURITY;
GRANT SELECT (id, period, assessor_id, packet, marks, reason, appointed_at, submitted_at, declined_at) ON assessment TO famai_firm;
CREATE POLICY firm_select ON assessment FOR SELECT TO famai_firm USING (assessor_id = app_person());
GRANT UPDATE (packet, marks, reason, submitted_at, declined_at) ON assessment TO famai_firm;
CREATE POLICY firm_update ON assessment FOR UPDATE TO famai_firm USING (assessor_id = app_person()) WITH CHECK (assessor_id = app_person());
GRANT SELECT (firm_id, id, draw_id, period, entry_id, assessor_id, assessor_name, marks, reason, appointed_at, submitted_at, declined_at) ON assessment TO famai_bureau;
CREATE POLICY bureau_select ON assessment FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON assessment TO famai_bureau;
CREATE POLICY bureau_insert ON assessment FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON assessment TO famai_worker;
CREATE POLICY worker_select ON assessment FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON assessment TO famai_worker;
CREATE POLICY worker_insert ON assessment FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON assessment TO famai_worker;
CREATE POLICY worker_update ON assessment FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON assessment TO famai_worker;
CREATE POLICY worker_delete ON assessment FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE hour_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE hour_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON hour_certificate AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON hour_certificate TO famai_firm;
CREATE POLICY firm_select ON hour_certificate FOR SELECT TO famai_firm USING (firm_id = app_firm() OR lawyer_id = app_person());
GRANT INSERT ON hour_certificate TO famai_firm;
CREATE POLICY firm_insert ON hour_certificate FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND lawyer_id = app_person());
GRANT SELECT ON hour_certificate TO famai_bureau;
CREATE POLICY bureau_select ON hour_certificate FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE published_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE published_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON published_hours AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON published_hours TO famai_public;
CREATE POLICY public_select ON published_hours FOR SELECT TO famai_public USING (firm_id = app_firm());
GRANT SELECT ON published_hours TO famai_firm;
CREATE POLICY firm_select ON published_hours FOR SELECT TO famai_firm USING (firm_id = app_firm() AND lawyer_id = app_person());
GRANT INSERT ON published_hours TO famai_firm;
CREATE POLICY firm_insert ON published_hours FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND lawyer_id = app_person());
GRANT UPDATE ON published_hours TO famai_firm;
CREATE POLICY firm_update ON published_hours FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND lawyer_id = app_person()) WITH CHECK (firm_id = app_firm() AND lawyer_id = app_person());
GRANT DELETE ON published_hours TO famai_firm;
CREATE POLICY firm_delete ON published_hours FOR DELETE TO famai_firm USING (firm_id = app_firm() AND lawyer_id = app_person());
ALTER TABLE case_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_message FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON case_message AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON case_message TO famai_owner;
CREATE POLICY owner_select ON case_message FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON case_message TO famai_owner;
CREATE POLICY owner_insert ON case_message FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (settled_at) ON case_message TO famai_owner;
CREATE POLICY owner_update ON case_message FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON case_message TO famai_firm;
CREATE POLICY firm_select ON case_message FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_message.firm_id AND c.checkup_id = case_message.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = case_message.firm_id AND g.checkup_id = case_message.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON case_message TO famai_firm;
CREATE POLICY firm_insert ON case_message FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_message.firm_id AND c.checkup_id = case_message.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON case_message TO famai_delegate;
CREATE POLICY delegate_select ON case_message FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND reads_messages));
GRANT UPDATE (settled_at) ON case_message TO famai_firm;
CREATE POLICY firm_update ON case_message FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_message.firm_id AND c.checkup_id = case_message.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_message.firm_id AND c.checkup_id = case_message.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT UPDATE (due_on) ON case_message TO famai_worker;
CREATE POLICY worker_update ON case_message FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON case_message TO famai_worker;
CREATE POLICY worker_select ON case_message FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON case_message TO famai_worker;
CREATE POLICY worker_delete ON case_message FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE case_file ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_file FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON case_file AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON case_file TO famai_owner;
CREATE POLICY owner_select ON case_file FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON case_file TO famai_owner;
CREATE POLICY owner_insert ON case_file FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON case_file TO famai_firm;
CREATE POLICY firm_select ON case_file FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_file.firm_id AND c.checkup_id = case_file.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = case_file.firm_id AND g.checkup_id = case_file.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON case_file TO famai_firm;
CREATE POLICY firm_insert ON case_file FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_file.firm_id AND c.checkup_id = case_file.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON case_file TO famai_worker;
CREATE POLICY worker_select ON case_file FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON case_file TO famai_worker;
CREATE POLICY worker_delete ON case_file FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE scope_letter ENABLE ROW LEVEL SECURITY;
ALTER TABLE scope_letter FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON scope_letter AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON scope_letter TO famai_owner;
CREATE POLICY owner_select ON scope_letter FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON scope_letter TO famai_owner;
CREATE POLICY owner_insert ON scope_letter FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON scope_letter TO famai_firm;
CREATE POLICY firm_select ON scope_letter FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON scope_letter TO famai_worker;
CREATE POLICY worker_select ON scope_letter FOR SELECT TO famai_worker USING (firm_id = app_firm());
ALTER TABLE work_wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE work_wish FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON work_wish AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON work_wish TO famai_owner;
CREATE POLICY owner_select ON work_wish FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON work_wish TO famai_owner;
CREATE POLICY owner_insert ON work_wish FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND checkup_id IN (SELECT id FROM checkup WHERE signed_at IS NOT NULL));
GRANT SELECT ON work_wish TO famai_firm;
CREATE POLICY firm_select ON work_wish FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON work_wish TO famai_worker;
CREATE POLICY worker_select ON work_wish FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON work_wish TO famai_worker;
CREATE POLICY worker_delete ON work_wish FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE hardship_policy ENABLE ROW LEVEL SECURITY;
ALTER TABLE hardship_policy FORCE ROW LEVEL SECURITY;
GRANT SELECT ON hardship_policy TO famai_public;
CREATE POLICY public_select ON hardship_policy FOR SELECT TO famai_public USING (state = 'approved');
GRANT SELECT ON hardship_policy TO famai_owner;
CREATE POLICY owner_select ON hardship_policy FOR SELECT TO famai_owner USING (state = 'approved');
GRANT SELECT ON hardship_policy TO famai_firm;
CREATE POLICY firm_select ON hardship_policy FOR SELECT TO famai_firm USING (state = 'approved');
GRANT SELECT ON hardship_policy TO famai_bureau;
CREATE POLICY bureau_select ON hardship_policy FOR SELECT TO famai_bureau USING (state = 'approved' OR bureau_id IN (SELECT app_bureaus()));
GRANT INSERT ON hardship_policy TO famai_bureau;
CREATE POLICY bureau_insert ON hardship_policy FOR INSERT TO famai_bureau WITH CHECK (bureau_id = app_bureau());
GRANT UPDATE ON hardship_policy TO famai_bureau;
CREATE POLICY bureau_update ON hardship_policy FOR UPDATE TO famai_bureau USING (bureau_id = app_bureau()) WITH CHECK (bureau_id = app_bureau());
GRANT SELECT ON hardship_policy TO famai_worker;
CREATE POLICY worker_select ON hardship_policy FOR SELECT TO famai_worker USING (true);
GRANT UPDATE (simulation) ON hardship_policy TO famai_worker;
CREATE POLICY worker_update ON hardship_policy FOR UPDATE TO famai_worker USING (state = 'proposed') WITH CHECK (state = 'proposed');
ALTER TABLE hardship_spend ENABLE ROW LEVEL SECURITY;
ALTER TABLE hardship_spend FORCE ROW LEVEL SECURITY;
GRANT SELECT ON hardship_spend TO famai_owner;
CREATE POLICY owner_select ON hardship_spend FOR SELECT TO famai_owner USING (policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved'));
GRANT SELECT ON hardship_spend TO famai_bureau;
CREATE POLICY bureau_select ON hardship_spend FOR SELECT TO famai_bureau USING (policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved'));
GRANT INSERT ON hardship_spend TO famai_bureau;
CREATE POLICY bureau_insert ON hardship_spend FOR INSERT TO famai_bureau WITH CHECK (policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved'));
GRANT UPDATE ON hardship_spend TO famai_bureau;
CREATE POLICY bureau_update ON hardship_spend FOR UPDATE TO famai_bureau USING (policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved')) WITH CHECK (policy_id IN (SELECT id FROM hardship_policy WHERE state = 'approved'));
ALTER TABLE waiver ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON waiver AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON waiver TO famai_owner;
CREATE POLICY owner_select ON waiver FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON waiver TO famai_owner;
CREATE POLICY owner_insert ON waiver FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON waiver TO famai_owner;
CREATE POLICY owner_update ON waiver FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON waiver TO famai_firm;
CREATE POLICY firm_select ON waiver FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE ON waiver TO famai_firm;
CREATE POLICY firm_update ON waiver FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON waiver TO famai_worker;
CREATE POLICY worker_select ON waiver FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON waiver TO famai_worker;
CREATE POLICY worker_update ON waiver FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON waiver TO famai_bureau;
CREATE POLICY bureau_select ON waiver FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE ON waiver TO famai_bureau;
CREATE POLICY bureau_update ON waiver FOR UPDATE TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE waiver_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON waiver_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON waiver_event TO famai_owner;
CREATE POLICY owner_select ON waiver_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON waiver_event TO famai_owner;
CREATE POLICY owner_insert ON waiver_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON waiver_event TO famai_firm;
CREATE POLICY firm_select ON waiver_event FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT INSERT ON waiver_event TO famai_firm;
CREATE POLICY firm_insert ON waiver_event FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm());
GRANT SELECT ON waiver_event TO famai_worker;
CREATE POLICY worker_select ON waiver_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON waiver_event TO famai_worker;
CREATE POLICY worker_insert ON waiver_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT SELECT ON waiver_event TO famai_bureau;
CREATE POLICY bureau_select ON waiver_event FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT INSERT ON waiver_event TO famai_bureau;
CREATE POLICY bureau_insert ON waiver_event FOR INSERT TO famai_bureau WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE waiver_content ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver_content FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON waiver_content AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON waiver_content TO famai_owner;
CREATE POLICY owner_select ON waiver_content FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON waiver_content TO famai_owner;
CREATE POLICY owner_insert ON waiver_content FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON waiver_content TO famai_owner;
CREATE POLICY owner_update ON waiver_content FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON waiver_content TO famai_firm;
CREATE POLICY firm_select ON waiver_content FOR SELECT TO famai_firm USING (waiver_id IN (SELECT w.id FROM waiver w WHERE firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = w.firm_id AND c.checkup_id = w.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = w.firm_id AND g.checkup_id = w.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now()))));
GRANT UPDATE ON waiver_content TO famai_firm;
CREATE POLICY firm_update ON waiver_content FOR UPDATE TO famai_firm USING (waiver_id IN (SELECT w.id FROM waiver w WHERE firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = w.firm_id AND c.checkup_id = w.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted))) WITH CHECK (waiver_id IN (SELECT w.id FROM waiver w WHERE firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = w.firm_id AND c.checkup_id = w.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)));
GRANT SELECT ON waiver_content TO famai_worker;
CREATE POLICY worker_select ON waiver_content FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON waiver_content TO famai_worker;
CREATE POLICY worker_delete ON waiver_content FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON waiver_content TO famai_bureau;
CREATE POLICY bureau_select ON waiver_content FOR SELECT TO famai_bureau USING (waiver_id IN (SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE ON waiver_content TO famai_bureau;
CREATE POLICY bureau_update ON waiver_content FOR UPDATE TO famai_bureau USING (waiver_id IN (SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus()))) WITH CHECK (waiver_id IN (SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE waiver_evidence ENABLE ROW LEVEL SECURITY;
ALTER TABLE waiver_evidence FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON waiver_evidence AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON waiver_evidence TO famai_owner;
CREATE POLICY owner_select ON waiver_evidence FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON waiver_evidence TO famai_owner;
CREATE POLICY owner_insert ON waiver_evidence FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON waiver_evidence TO famai_firm;
CREATE POLICY firm_select ON waiver_evidence FOR SELECT TO famai_firm USING (waiver_id IN (SELECT w.id FROM waiver w WHERE firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = w.firm_id AND c.checkup_id = w.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = w.firm_id AND g.checkup_id = w.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now()))));
GRANT SELECT ON waiver_evidence TO famai_worker;
CREATE POLICY worker_select ON waiver_evidence FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON waiver_evidence TO famai_worker;
CREATE POLICY worker_delete ON waiver_evidence FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON waiver_evidence TO famai_bureau;
CREATE POLICY bureau_select ON waiver_evidence FOR SELECT TO famai_bureau USING (waiver_id IN (SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
ALTER TABLE part_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE part_key FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON part_key AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON part_key TO famai_owner;
CREATE POLICY owner_select ON part_key FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON part_key TO famai_owner;
CREATE POLICY owner_insert ON part_key FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON part_key TO famai_owner;
CREATE POLICY owner_delete ON part_key FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON part_key TO famai_firm;
CREATE POLICY firm_select ON part_key FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (part_id IN (SELECT w.id FROM waiver w WHERE firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = w.firm_id AND c.checkup_id = w.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = w.firm_id AND g.checkup_id = w.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now()))) OR part_id IN (SELECT id FROM call_back WHERE firm_id = app_firm() AND responsible_id = app_person() AND starts_at <= app_now() + interval '15 minutes')));
GRANT DELETE ON part_key TO famai_firm;
CREATE POLICY firm_delete ON part_key FOR DELETE TO famai_firm USING (firm_id = app_firm() AND part_id IN (SELECT id FROM call_back WHERE firm_id = app_firm() AND responsible_id = app_person() AND starts_at <= app_now() + interval '15 minutes'));
GRANT SELECT ON part_key TO famai_worker;
CREATE POLICY worker_select ON part_key FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON part_key TO famai_worker;
CREATE POLICY worker_insert ON part_key FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON part_key TO famai_worker;
CREATE POLICY worker_update ON part_key FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON part_key TO famai_worker;
CREATE POLICY worker_delete ON part_key FOR DELETE TO famai_worker USING (firm_id = app_firm());
GRANT SELECT ON part_key TO famai_bureau;
CREATE POLICY bureau_select ON part_key FOR SELECT TO famai_bureau USING (part_id IN (SELECT id FROM waiver WHERE spot_check = 'due' OR state IN ('applied', 'more_asked', 'recommended', 'appealed', 'reset_asked')) AND firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON part_key TO famai_provider;
CREATE POLICY provider_select ON part_key FOR SELECT TO famai_provider USING (part_id IN (SELECT id FROM referral WHERE state IN ('offered', 'accepted', 'under_way', 'more_asked') OR (state = 'closed' AND ended_at > app_now() - interval '30 days')) OR part_id IN (SELECT id FROM mediation WHERE (ended_at IS NULL OR ended_at > app_now() - interval '60 days')));
GRANT SELECT ON part_key TO famai_public;
CREATE POLICY public_select ON part_key FOR SELECT TO famai_public USING ((firm_id, part_id) IN (SELECT firm_id, mediation_id FROM mediation_seat WHERE held_digest = app_token() AND ended_at IS NULL AND expires_at > app_now()) AND part_id IN (SELECT id FROM mediation WHERE (ended_at IS NULL OR ended_at > app_now() - interval '60 days')));
ALTER TABLE fix ENABLE ROW LEVEL SECURITY;
ALTER TABLE fix FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON fix AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON fix TO famai_owner;
CREATE POLICY owner_select ON fix FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON fix TO famai_owner;
CREATE POLICY owner_update ON fix FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON fix TO famai_owner;
CREATE POLICY owner_delete ON fix FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON fix TO famai_firm;
CREATE POLICY firm_select ON fix FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix.firm_id AND c.checkup_id = fix.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = fix.firm_id AND g.checkup_id = fix.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON fix TO famai_firm;
CREATE POLICY firm_insert ON fix FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix.firm_id AND c.checkup_id = fix.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT UPDATE ON fix TO famai_firm;
CREATE POLICY firm_update ON fix FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix.firm_id AND c.checkup_id = fix.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix.firm_id AND c.checkup_id = fix.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON fix TO famai_delegate;
CREATE POLICY delegate_select ON fix FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND sees_fixes));
GRANT SELECT ON fix TO famai_worker;
CREATE POLICY worker_select ON fix FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON fix TO famai_worker;
CREATE POLICY worker_insert ON fix FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON fix TO famai_worker;
CREATE POLICY worker_update ON fix FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON fix TO famai_worker;
CREATE POLICY worker_delete ON fix FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE fix_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE fix_event FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON fix_event AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON fix_event TO famai_owner;
CREATE POLICY owner_select ON fix_event FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON fix_event TO famai_owner;
CREATE POLICY owner_insert ON fix_event FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON fix_event TO famai_owner;
CREATE POLICY owner_delete ON fix_event FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON fix_event TO famai_firm;
CREATE POLICY firm_select ON fix_event FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix_event.firm_id AND c.checkup_id = fix_event.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = fix_event.firm_id AND g.checkup_id = fix_event.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON fix_event TO famai_firm;
CREATE POLICY firm_insert ON fix_event FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix_event.firm_id AND c.checkup_id = fix_event.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON fix_event TO famai_delegate;
CREATE POLICY delegate_select ON fix_event FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND sees_fixes));
GRANT SELECT ON fix_event TO famai_worker;
CREATE POLICY worker_select ON fix_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON fix_event TO famai_worker;
CREATE POLICY worker_insert ON fix_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT DELETE ON fix_event TO famai_worker;
CREATE POLICY worker_delete ON fix_event FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE fix_proof ENABLE ROW LEVEL SECURITY;
ALTER TABLE fix_proof FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON fix_proof AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON fix_proof TO famai_owner;
CREATE POLICY owner_select ON fix_proof FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON fix_proof TO famai_owner;
CREATE POLICY owner_insert ON fix_proof FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (risk) ON fix_proof TO famai_owner;
CREATE POLICY owner_update ON fix_proof FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON fix_proof TO famai_firm;
CREATE POLICY firm_select ON fix_proof FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = fix_proof.firm_id AND c.checkup_id = fix_proof.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = fix_proof.firm_id AND g.checkup_id = fix_proof.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON fix_proof TO famai_delegate;
CREATE POLICY delegate_select ON fix_proof FOR SELECT TO famai_delegate USING ((firm_id, checkup_id) IN (SELECT firm_id, checkup_id FROM delegation WHERE accepted_at IS NOT NULL AND sees_fixes));
GRANT SELECT ON fix_proof TO famai_worker;
CREATE POLICY worker_select ON fix_proof FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON fix_proof TO famai_worker;
CREATE POLICY worker_insert ON fix_proof FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT UPDATE ON fix_proof TO famai_worker;
CREATE POLICY worker_update ON fix_proof FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON fix_proof TO famai_worker;
CREATE POLICY worker_delete ON fix_proof FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE reminder_wish ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminder_wish FORCE ROW LEVEL SECURITY;
GRANT SELECT ON reminder_wish TO famai_owner;
CREATE POLICY owner_select ON reminder_wish FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON reminder_wish TO famai_owner;
CREATE POLICY owner_insert ON reminder_wish FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON reminder_wish TO famai_owner;
CREATE POLICY owner_update ON reminder_wish FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON reminder_wish TO famai_owner;
CREATE POLICY owner_delete ON reminder_wish FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON reminder_wish TO famai_worker;
CREATE POLICY worker_select ON reminder_wish FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON reminder_wish TO famai_worker;
CREATE POLICY worker_delete ON reminder_wish FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE reminder ENABLE ROW LEVEL SECURITY;
ALTER TABLE reminder FORCE ROW LEVEL SECURITY;
GRANT SELECT ON reminder TO famai_owner;
CREATE POLICY owner_select ON reminder FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON reminder TO famai_owner;
CREATE POLICY owner_delete ON reminder FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON reminder TO famai_worker;
CREATE POLICY worker_select ON reminder FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON reminder TO famai_worker;
CREATE POLICY worker_insert ON reminder FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT DELETE ON reminder TO famai_worker;
CREATE POLICY worker_delete ON reminder FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE law_change ENABLE ROW LEVEL SECURITY;
ALTER TABLE law_change FORCE ROW LEVEL SECURITY;
GRANT SELECT ON law_change TO famai_owner;
CREATE POLICY owner_select ON law_change FOR SELECT TO famai_owner USING (true);
GRANT SELECT ON law_change TO famai_firm;
CREATE POLICY firm_select ON law_change FOR SELECT TO famai_firm USING (true);
GRANT SELECT ON law_change TO famai_worker;
CREATE POLICY worker_select ON law_change FOR SELECT TO famai_worker USING (true);
GRANT SELECT ON law_change TO famai_operator;
CREATE POLICY operator_select ON law_change FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON law_change TO famai_operator;
CREATE POLICY operator_insert ON law_change FOR INSERT TO famai_operator WITH CHECK (true);
ALTER TABLE law_flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE law_flag FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON law_flag AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON law_flag TO famai_owner;
CREATE POLICY owner_select ON law_flag FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON law_flag TO famai_owner;
CREATE POLICY owner_delete ON law_flag FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON law_flag TO famai_firm;
CREATE POLICY firm_select ON law_flag FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE ON law_flag TO famai_firm;
CREATE POLICY firm_update ON law_flag FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON law_flag TO famai_worker;
CREATE POLICY worker_select ON law_flag FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON law_flag TO famai_worker;
CREATE POLICY worker_insert ON law_flag FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
GRANT DELETE ON law_flag TO famai_worker;
CREATE POLICY worker_delete ON law_flag FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE share ENABLE ROW LEVEL SECURITY;
ALTER TABLE share FORCE ROW LEVEL SECURITY;
GRANT SELECT (firm_id, id, digest, level, sealed, made_at, expires_at, ended_at) ON share TO famai_public;
CREATE POLICY public_select ON share FOR SELECT TO famai_public USING (digest = app_token() AND ended_at IS NULL AND expires_at > app_now());
GRANT SELECT ON share TO famai_owner;
CREATE POLICY owner_select ON share FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON share TO famai_owner;
CREATE POLICY owner_insert ON share FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON share TO famai_owner;
CREATE POLICY owner_update ON share FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON share TO famai_worker;
CREATE POLICY worker_select ON share FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON share TO famai_worker;
CREATE POLICY worker_update ON share FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE share_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE share_key FORCE ROW LEVEL SECURITY;
GRANT SELECT ON share_key TO famai_public;
CREATE POLICY public_select ON share_key FOR SELECT TO famai_public USING ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT SELECT ON share_key TO famai_owner;
CREATE POLICY owner_select ON share_key FOR SELECT TO famai_owner USING ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT INSERT ON share_key TO famai_owner;
CREATE POLICY owner_insert ON share_key FOR INSERT TO famai_owner WITH CHECK ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT DELETE ON share_key TO famai_owner;
CREATE POLICY owner_delete ON share_key FOR DELETE TO famai_owner USING ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT SELECT ON share_key TO famai_worker;
CREATE POLICY worker_select ON share_key FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON share_key TO famai_worker;
CREATE POLICY worker_delete ON share_key FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE share_opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE share_opening FORCE ROW LEVEL SECURITY;
GRANT INSERT ON share_opening TO famai_public;
CREATE POLICY public_insert ON share_opening FOR INSERT TO famai_public WITH CHECK ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT SELECT ON share_opening TO famai_owner;
CREATE POLICY owner_select ON share_opening FOR SELECT TO famai_owner USING ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT DELETE ON share_opening TO famai_owner;
CREATE POLICY owner_delete ON share_opening FOR DELETE TO famai_owner USING ((firm_id, share_id) IN (SELECT firm_id, id FROM share));
GRANT SELECT ON share_opening TO famai_worker;
CREATE POLICY worker_select ON share_opening FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON share_opening TO famai_worker;
CREATE POLICY worker_delete ON share_opening FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE licence_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE licence_reading FORCE ROW LEVEL SECURITY;
GRANT SELECT ON licence_reading TO famai_owner;
CREATE POLICY owner_select ON licence_reading FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON licence_reading TO famai_owner;
CREATE POLICY owner_insert ON licence_reading FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON licence_reading TO famai_owner;
CREATE POLICY owner_update ON licence_reading FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON licence_reading TO famai_owner;
CREATE POLICY owner_delete ON licence_reading FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON licence_reading TO famai_worker;
CREATE POLICY worker_select ON licence_reading FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON licence_reading TO famai_worker;
CREATE POLICY worker_update ON licence_reading FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON licence_reading TO famai_worker;
CREATE POLICY worker_delete ON licence_reading FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE lesson_taken ENABLE ROW LEVEL SECURITY;
ALTER TABLE lesson_taken FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON lesson_taken AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON lesson_taken TO famai_owner;
CREATE POLICY owner_select ON lesson_taken FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON lesson_taken TO famai_owner;
CREATE POLICY owner_insert ON lesson_taken FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON lesson_taken TO famai_owner;
CREATE POLICY owner_update ON lesson_taken FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON lesson_taken TO famai_owner;
CREATE POLICY owner_delete ON lesson_taken FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON lesson_taken TO famai_firm;
CREATE POLICY firm_select ON lesson_taken FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = lesson_taken.firm_id AND c.checkup_id = lesson_taken.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = lesson_taken.firm_id AND g.checkup_id = lesson_taken.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT INSERT ON lesson_taken TO famai_firm;
CREATE POLICY firm_insert ON lesson_taken FOR INSERT TO famai_firm WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = lesson_taken.firm_id AND c.checkup_id = lesson_taken.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT UPDATE ON lesson_taken TO famai_firm;
CREATE POLICY firm_update ON lesson_taken FOR UPDATE TO famai_firm USING (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = lesson_taken.firm_id AND c.checkup_id = lesson_taken.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted)) WITH CHECK (firm_id = app_firm() AND EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = lesson_taken.firm_id AND c.checkup_id = lesson_taken.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted));
GRANT SELECT ON lesson_taken TO famai_worker;
CREATE POLICY worker_select ON lesson_taken FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON lesson_taken TO famai_worker;
CREATE POLICY worker_delete ON lesson_taken FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE rating ENABLE ROW LEVEL SECURITY;
ALTER TABLE rating FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON rating AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON rating TO famai_owner;
CREATE POLICY owner_select ON rating FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON rating TO famai_owner;
CREATE POLICY owner_insert ON rating FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON rating TO famai_owner;
CREATE POLICY owner_update ON rating FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON rating TO famai_owner;
CREATE POLICY owner_delete ON rating FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT ON rating TO famai_firm;
CREATE POLICY firm_select ON rating FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT SELECT ON rating TO famai_worker;
CREATE POLICY worker_select ON rating FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON rating TO famai_worker;
CREATE POLICY worker_delete ON rating FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE complaint ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint FORCE ROW LEVEL SECURITY;
GRANT SELECT ON complaint TO famai_owner;
CREATE POLICY owner_select ON complaint FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON complaint TO famai_owner;
CREATE POLICY owner_insert ON complaint FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE (state, wants_call, sealed_words, sealed_phone) ON complaint TO famai_owner;
CREATE POLICY owner_update ON complaint FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, id, provider_id, bureau_id, state, wants_call, sealed_words, sealed_phone, sealed_outcome, opened_at, due_on, settled_at) ON complaint TO famai_bureau;
CREATE POLICY bureau_select ON complaint FOR SELECT TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) AND (bureau_id IS NULL OR bureau_id IN (SELECT app_bureaus())));
GRANT UPDATE (state, sealed_outcome, settled_at) ON complaint TO famai_bureau;
CREATE POLICY bureau_update ON complaint FOR UPDATE TO famai_bureau USING (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) AND (bureau_id IS NULL OR bureau_id IN (SELECT app_bureaus()))) WITH CHECK (firm_id IN (SELECT id FROM firm WHERE bureau_id IN (SELECT app_bureaus())) AND (bureau_id IS NULL OR bureau_id IN (SELECT app_bureaus())));
GRANT SELECT ON complaint TO famai_worker;
CREATE POLICY worker_select ON complaint FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON complaint TO famai_worker;
CREATE POLICY worker_update ON complaint FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
ALTER TABLE complaint_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_key FORCE ROW LEVEL SECURITY;
GRANT SELECT ON complaint_key TO famai_owner;
CREATE POLICY owner_select ON complaint_key FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON complaint_key TO famai_owner;
CREATE POLICY owner_insert ON complaint_key FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT SELECT (firm_id, complaint_id, wrapped_key) ON complaint_key TO famai_bureau;
CREATE POLICY bureau_select ON complaint_key FOR SELECT TO famai_bureau USING ((firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint));
GRANT SELECT ON complaint_key TO famai_worker;
CREATE POLICY worker_select ON complaint_key FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT UPDATE ON complaint_key TO famai_worker;
CREATE POLICY worker_update ON complaint_key FOR UPDATE TO famai_worker USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT DELETE ON complaint_key TO famai_worker;
CREATE POLICY worker_delete ON complaint_key FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE complaint_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE complaint_event FORCE ROW LEVEL SECURITY;
GRANT SELECT ON complaint_event TO famai_owner;
CREATE POLICY owner_select ON complaint_event FOR SELECT TO famai_owner USING ((firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint));
GRANT INSERT ON complaint_event TO famai_owner;
CREATE POLICY owner_insert ON complaint_event FOR INSERT TO famai_owner WITH CHECK ((firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint));
GRANT SELECT ON complaint_event TO famai_bureau;
CREATE POLICY bureau_select ON complaint_event FOR SELECT TO famai_bureau USING ((firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint));
GRANT INSERT ON complaint_event TO famai_bureau;
CREATE POLICY bureau_insert ON complaint_event FOR INSERT TO famai_bureau WITH CHECK ((firm_id, complaint_id) IN (SELECT firm_id, id FROM complaint));
GRANT SELECT ON complaint_event TO famai_worker;
CREATE POLICY worker_select ON complaint_event FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT INSERT ON complaint_event TO famai_worker;
CREATE POLICY worker_insert ON complaint_event FOR INSERT TO famai_worker WITH CHECK (firm_id = app_firm());
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_client FORCE ROW LEVEL SECURITY;
GRANT SELECT ON api_client TO famai_client;
CREATE POLICY client_select ON api_client FOR SELECT TO famai_client USING (id::text = app_token() OR subscriber_id::text = app_token());
GRANT SELECT ON api_client TO famai_operator;
CREATE POLICY operator_select ON api_client FOR SELECT TO famai_operator USING (true);
GRANT INSERT ON api_client TO famai_operator;
CREATE POLICY operator_insert ON api_client FOR INSERT TO famai_operator WITH CHECK (true);
GRANT UPDATE ON api_client TO famai_operator;
CREATE POLICY operator_update ON api_client FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);
ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token FORCE ROW LEVEL SECURITY;
GRANT SELECT ON api_token TO famai_client;
CREATE POLICY client_select ON api_token FOR SELECT TO famai_client USING (digest = app_token());
GRANT INSERT ON api_token TO famai_client;
CREATE POLICY client_insert ON api_token FOR INSERT TO famai_client WITH CHECK (client_id IN (SELECT id FROM api_client));
GRANT SELECT ON api_token TO famai_operator;
CREATE POLICY operator_select ON api_token FOR SELECT TO famai_operator USING (true);
GRANT DELETE ON api_token TO famai_operator;
CREATE POLICY operator_delete ON api_token FOR DELETE TO famai_operator USING (true);
GRANT SELECT ON api_token TO famai_worker;
CREATE POLICY worker_select ON api_token FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON api_token TO famai_worker;
CREATE POLICY worker_delete ON api_token FOR DELETE TO famai_worker USING (true);
ALTER TABLE ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON ticket AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT (id, number, source, wish, topic, district, bureau_id, firm_id, state, is_hard, received_at, due_on, ended_at) ON ticket TO famai_client;
CREATE POLICY client_select ON ticket FOR SELECT TO famai_client USING (id IN (SELECT ticket_id FROM ticket_reference) OR number = app_token());
GRANT INSERT ON ticket TO famai_client;
CREATE POLICY client_insert ON ticket FOR INSERT TO famai_client WITH CHECK (state IN ('received', 'routed'));
GRANT SELECT (id, number, source, wish, topic, district, bureau_id, firm_id, state, is_hard, received_at, due_on, ended_at) ON ticket TO famai_bureau;
CREATE POLICY bureau_select ON ticket FOR SELECT TO famai_bureau USING (bureau_id IN (SELECT app_bureaus()));
GRANT UPDATE (bureau_id, firm_id, state, is_hard, due_on, ended_at) ON ticket TO famai_bureau;
CREATE POLICY bureau_update ON ticket FOR UPDATE TO famai_bureau USING (bureau_id IN (SELECT app_bureaus())) WITH CHECK (bureau_id IN (SELECT app_bureaus()));
GRANT SELECT ON ticket TO famai_firm;
CREATE POLICY firm_select ON ticket FOR SELECT TO famai_firm USING (firm_id = app_firm());
GRANT UPDATE (bureau_id, firm_id, state, is_hard, due_on, ended_at) ON ticket TO famai_firm;
CREATE POLICY firm_update ON ticket FOR UPDATE TO famai_firm USING (firm_id = app_firm()) WITH CHECK (firm_id = app_firm());
GRANT SELECT ON ticket TO famai_owner;
CREATE POLICY owner_select ON ticket FOR SELECT TO famai_owner USING (number IN (SELECT number FROM case_ticket));
GRANT SELECT (id, number, source, wish, topic, district, bureau_id, firm_id, state, is_hard, received_at, due_on, ended_at) ON ticket TO famai_helper;
CREATE POLICY helper_select ON ticket FOR SELECT TO famai_helper USING (app_helps() AND number = app_token() AND app_station_reaches(bureau_id));
GRANT SELECT (id, number, source, wish, topic, district, bureau_id, firm_id, state, is_hard, received_at, due_on, ended_at) ON ticket TO famai_operator;
CREATE POLICY operator_select ON ticket FOR SELECT TO famai_operator USING (true);
GRANT SELECT (id, number, source, wish, topic, district, bureau_id, firm_id, state, is_hard, received_at, due_on, ended_at) ON ticket TO famai_worker;
CREATE POLICY worker_select ON ticket FOR SELECT TO famai_worker USING (firm_id = app_firm() OR app_firm() IS NULL);
GRANT UPDATE (sealed, due_on, firm_id, state) ON ticket TO famai_worker;
CREATE POLICY worker_update ON ticket FOR UPDATE TO famai_worker USING (ended_at IS NOT NULL OR app_firm() IS NULL) WITH CHECK (ended_at IS NOT NULL OR app_firm() IS NULL);
ALTER TABLE ticket_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_reference FORCE ROW LEVEL SECURITY;
GRANT SELECT ON ticket_reference TO famai_client;
CREATE POLICY client_select ON ticket_reference FOR SELECT TO famai_client USING (subscriber_id::text = app_token());
GRANT INSERT ON ticket_reference TO famai_client;
CREATE POLICY client_insert ON ticket_reference FOR INSERT TO famai_client WITH CHECK (subscriber_id::text = app_token());
GRANT SELECT ON ticket_reference TO famai_bureau;
CREATE POLICY bureau_select ON ticket_reference FOR SELECT TO famai_bureau USING (ticket_id IN (SELECT id FROM ticket));
GRANT SELECT ON ticket_reference TO famai_firm;
CREATE POLICY firm_select ON ticket_reference FOR SELECT TO famai_firm USING (ticket_id IN (SELECT id FROM ticket));
GRANT SELECT ON ticket_reference TO famai_worker;
CREATE POLICY worker_select ON ticket_reference FOR SELECT TO famai_worker USING (ticket_id IN (SELECT id FROM ticket));
GRANT SELECT ON ticket_reference TO famai_operator;
CREATE POLICY operator_select ON ticket_reference FOR SELECT TO famai_operator USING (true);
ALTER TABLE ticket_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_event FORCE ROW LEVEL SECURITY;
GRANT SELECT (ticket_id, id, was, became, at) ON ticket_event TO famai_client;
CREATE POLICY client_select ON ticket_event FOR SELECT TO famai_client USING (ticket_id IN (SELECT ticket_id FROM ticket_reference));
GRANT INSERT ON ticket_event TO famai_client;
CREATE POLICY client_insert ON ticket_event FOR INSERT TO famai_client WITH CHECK (became IN ('received', 'routed'));
GRANT SELECT ON ticket_event TO famai_bureau;
CREATE POLICY bureau_select ON ticket_event FOR SELECT TO famai_bureau USING (ticket_id IN (SELECT id FROM ticket));
GRANT INSERT ON ticket_event TO famai_bureau;
CREATE POLICY bureau_insert ON ticket_event FOR INSERT TO famai_bureau WITH CHECK (ticket_id IN (SELECT id FROM ticket));
GRANT SELECT ON ticket_event TO famai_firm;
CREATE POLICY firm_select ON ticket_event FOR SELECT TO famai_firm USING (ticket_id IN (SELECT id FROM ticket));
GRANT INSERT ON ticket_event TO famai_firm;
CREATE POLICY firm_insert ON ticket_event FOR INSERT TO famai_firm WITH CHECK (ticket_id IN (SELECT id FROM ticket));
GRANT INSERT ON ticket_event TO famai_worker;
CREATE POLICY worker_insert ON ticket_event FOR INSERT TO famai_worker WITH CHECK (ticket_id IN (SELECT id FROM ticket));
ALTER TABLE ticket_offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_offer FORCE ROW LEVEL SECURITY;
GRANT SELECT (number, offered_by, offered_at, expires_at, agreed_at) ON ticket_offer TO famai_bureau;
CREATE POLICY bureau_select ON ticket_offer FOR SELECT TO famai_bureau USING (number IN (SELECT number FROM ticket));
GRANT INSERT ON ticket_offer TO famai_bureau;
CREATE POLICY bureau_insert ON ticket_offer FOR INSERT TO famai_bureau WITH CHECK (number IN (SELECT number FROM ticket) AND owner_id IS NULL AND agreed_at IS NULL);
GRANT DELETE ON ticket_offer TO famai_bureau;
CREATE POLICY bureau_delete ON ticket_offer FOR DELETE TO famai_bureau USING (number IN (SELECT number FROM ticket) AND owner_id IS NULL AND agreed_at IS NULL);
GRANT SELECT (number, offered_by, offered_at, expires_at, agreed_at) ON ticket_offer TO famai_helper;
CREATE POLICY helper_select ON ticket_offer FOR SELECT TO famai_helper USING (number IN (SELECT number FROM ticket));
GRANT INSERT ON ticket_offer TO famai_helper;
CREATE POLICY helper_insert ON ticket_offer FOR INSERT TO famai_helper WITH CHECK (number IN (SELECT number FROM ticket) AND owner_id IS NULL AND agreed_at IS NULL);
GRANT DELETE ON ticket_offer TO famai_helper;
CREATE POLICY helper_delete ON ticket_offer FOR DELETE TO famai_helper USING (number IN (SELECT number FROM ticket) AND owner_id IS NULL AND agreed_at IS NULL);
GRANT SELECT ON ticket_offer TO famai_owner;
CREATE POLICY owner_select ON ticket_offer FOR SELECT TO famai_owner USING (case_number IN (SELECT case_number FROM checkup) OR owner_id = app_person());
GRANT DELETE ON ticket_offer TO famai_owner;
CREATE POLICY owner_delete ON ticket_offer FOR DELETE TO famai_owner USING (case_number IN (SELECT case_number FROM checkup) OR owner_id = app_person());
GRANT UPDATE (owner_id, agreed_at) ON ticket_offer TO famai_owner;
CREATE POLICY owner_update ON ticket_offer FOR UPDATE TO famai_owner USING (case_number IN (SELECT case_number FROM checkup) OR owner_id = app_person()) WITH CHECK (owner_id = app_person());
GRANT SELECT ON ticket_offer TO famai_worker;
CREATE POLICY worker_select ON ticket_offer FOR SELECT TO famai_worker USING (true);
GRANT DELETE ON ticket_offer TO famai_worker;
CREATE POLICY worker_delete ON ticket_offer FOR DELETE TO famai_worker USING (true);
ALTER TABLE case_ticket ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_ticket FORCE ROW LEVEL SECURITY;
CREATE POLICY nobody_at_reception ON case_ticket AS RESTRICTIVE TO famai_firm USING (app_firm() IS DISTINCT FROM '00000000-0000-7000-8000-000000012348');
GRANT SELECT ON case_ticket TO famai_owner;
CREATE POLICY owner_select ON case_ticket FOR SELECT TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT UPDATE ON case_ticket TO famai_owner;
CREATE POLICY owner_update ON case_ticket FOR UPDATE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person()) WITH CHECK (firm_id = app_firm() AND owner_id = app_person());
GRANT DELETE ON case_ticket TO famai_owner;
CREATE POLICY owner_delete ON case_ticket FOR DELETE TO famai_owner USING (firm_id = app_firm() AND owner_id = app_person());
GRANT INSERT ON case_ticket TO famai_owner;
CREATE POLICY owner_insert ON case_ticket FOR INSERT TO famai_owner WITH CHECK (firm_id = app_firm() AND owner_id = app_person() AND number IN (SELECT number FROM ticket_offer WHERE owner_id = app_person()));
GRANT SELECT ON case_ticket TO famai_firm;
CREATE POLICY firm_select ON case_ticket FOR SELECT TO famai_firm USING (firm_id = app_firm() AND (EXISTS (SELECT 1 FROM conflict_check c JOIN checkup k ON k.firm_id = c.firm_id AND k.id = c.checkup_id WHERE c.firm_id = case_ticket.firm_id AND c.checkup_id = case_ticket.checkup_id AND c.person_id = app_person() AND c.outcome = 'clear' AND k.review_wanted) OR EXISTS (SELECT 1 FROM break_glass g WHERE g.firm_id = case_ticket.firm_id AND g.checkup_id = case_ticket.checkup_id AND g.asked_by = app_person() AND g.ends_at > app_now())));
GRANT SELECT ON case_ticket TO famai_worker;
CREATE POLICY worker_select ON case_ticket FOR SELECT TO famai_worker USING (firm_id = app_firm());
GRANT DELETE ON case_ticket TO famai_worker;
CREATE POLICY worker_delete ON case_ticket FOR DELETE TO famai_worker USING (firm_id = app_firm());
ALTER TABLE ticket_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE ticket_message FORCE ROW LEVEL SECURITY;
GRANT SELECT ON ticket_message TO famai_client;
CREATE POLICY client_select ON ticket_message FOR SELECT TO famai_client USING (subscriber_id::text = app_token());
GRANT INSERT ON ticket_message TO famai_client;
CREATE POLICY client_insert ON ticket_message FOR INSERT TO famai_client WITH CHECK (subscriber_id::text = app_token());
ALTER TABLE notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice FORCE ROW LEVEL SECURITY;
GRANT SELECT ON notice TO famai_client;
CREATE POLICY client_select ON notice FOR SELECT TO famai_client USING (subscriber_id::text = app_token());
GRANT INSERT ON notice TO famai_client;
CREATE POLICY client_insert ON notice FOR INSERT TO famai_client WITH CHECK (state = 'waiting');
GRANT INSERT ON notice TO famai_bureau;
CREATE POLICY bureau_insert ON notice FOR INSERT TO famai_bureau WITH CHECK (state = 'waiting');
GRANT INSERT ON notice TO famai_firm;
CREATE POLICY firm_insert ON notice FOR INSERT TO famai_firm WITH CHECK (state = 'waiting');
GRANT INSERT ON notice TO famai_worker;
CREATE POLICY worker_insert ON notice FOR INSERT TO famai_worker WITH CHECK (state = 'waiting');
GRANT SELECT ON notice TO famai_worker;
CREATE POLICY worker_select ON notice FOR SELECT TO famai_worker USING (true);
GRANT UPDATE ON notice TO famai_worker;
CREATE POLICY worker_update ON notice FOR UPDATE TO famai_worker USING (true) WITH CHECK (true);
GRANT SELECT ON notice TO famai_operator;
CREATE POLICY operator_select ON notice FOR SELECT TO famai_operator USING (true);
GRANT UPDATE ON notice TO famai_operator;
CREATE POLICY operator_update ON notice FOR UPDATE TO famai_operator USING (true) WITH CHECK (true);

-- what only functions write

CREATE POLICY definer_all ON audit_entry TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON audit_head TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON campaign_link_use TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON campaign_step TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON progress TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_all ON screen_count TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY definer_reads ON bureau FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON business FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON campaign FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON campaign_firm FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON campaign_link FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON case_ticket FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON duty_receipt FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON firm FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON gathering FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON gathering_seat FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON helper_post FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON membership FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON on_call FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON person FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON provider FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON provider_post FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON referral FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY definer_reads ON station FOR SELECT TO CURRENT_USER USING (true);
