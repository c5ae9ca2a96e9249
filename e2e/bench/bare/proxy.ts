import { NextResponse } from 'next/server';

// Turbopack looks for a proxy.ts and an instrumentation.ts in the folders above too, and would find Jobwright's.
export function proxy() {
  return NextResponse.next();
}
