/** Set on every request by front.ts, whatever the browser sent under these names. */
export const nonceHeader = 'x-nonce';
/** Path and query as the browser asked for them. */
export const pathHeader = 'x-jobwright-path';
