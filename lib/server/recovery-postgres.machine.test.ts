import { expect, it } from 'vitest';
import { findPostgres } from '@/e2e/postgres';
import { hasPostgres, testOn } from './store/test-place';

// The same facts as on SQLite.
testOn('PostgreSQL');
if (hasPostgres) await import('./recovery.test');
else it('is left out where PostgreSQL is not installed', () => expect(findPostgres()).toBeUndefined());
