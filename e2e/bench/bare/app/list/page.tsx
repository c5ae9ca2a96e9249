import Link from 'next/link';

const jobs = ['first', 'second', 'third'];

export default function Page() {
  return (
    <>
      <h1>Jobs</h1>
      <table>
        <tbody>
          {jobs.map((job) => (
            <tr key={job}>
              <td>
                <Link href="/form" prefetch={false}>
                  {job}
                </Link>
              </td>
              <td>Succeeded</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
