// Turbopack looks for an instrumentation.ts in the folders above too, and would find Jobwright's.
export function register() {}
