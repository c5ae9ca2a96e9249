import { redirect } from 'next/navigation';
import { routes } from '@/lib/routes';
import { guardPage } from '@/lib/server/entry';

export default guardPage(async () => redirect(routes.jobs));
