// One way to ask the HTTP side: an answer or a problem, never an exception.

export interface Problem {
    /** 0 when no answer came. */
    status: number;
    code: string;
    detail: string;
    field?: string;
    limit?: number;
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const failed = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem });

const deadline_ms = 15_000;
let language = 'en';

/** Errors come back worded for this locale. */
export function askIn(locale: string): void {
    language = locale;
}

async function problemFrom(response: Response): Promise<Problem> {
    const fallback = { status: response.status, code: `http_${response.status}`, detail: '' };
    try {
        const body = (await response.json()) as Partial<Problem> & { title?: string };
        return {
            status: response.status,
            code: body.code ?? fallback.code,
            detail: body.detail ?? body.title ?? '',
            field: body.field,
            limit: body.limit,
        };
    } catch {
        return fallback;
    }
}

export async function request<T>(method: string, path: string, body?: unknown): Promise<Result<T>> {
    let response: Response;
    try {
        response = await fetch(`/api/v1${path}`, {
            method,
            credentials: 'same-origin',
            cache: 'no-store',
            headers: {
                'accept': 'application/json',
                'accept-language': language,
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            body: body === undefined ? undefined : JSON.stringify(body),
            signal: AbortSignal.timeout(deadline_ms),
        });
    } catch {
        return failed({ status: 0, code: 'network', detail: '' });
    }
    if (!response.ok) return failed(await problemFrom(response));
    if (response.status === 204) return { ok: true, value: undefined as T };
    try {
        return { ok: true, value: (await response.json()) as T };
    } catch {
        return failed({ status: response.status, code: 'unreadable', detail: '' });
    }
}
