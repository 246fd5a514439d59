/** Endpoints that are registered here, by a counter of a Front-End (docs/lync-services.md). */
export const REGISTERED_ENDPOINTS = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';
/** SIP over TLS, where RTCSRV listens. */
export const SIP_TLS_PORT = 5061;
