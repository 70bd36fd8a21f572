type Ids = Readonly<Record<string, string>>;

export async function rootOf(url: string): Promise<string> {
  const { Roots } = await call(url, 'ListRoots', {});
  return String((Roots as Ids[])[0]?.['Id']);
}

export async function makeUnit(url: string, ParentId: string, Name: string): Promise<string> {
  const { OrganizationalUnit } = await call(url, 'CreateOrganizationalUnit', { ParentId, Name });
  return String((OrganizationalUnit as Ids)['Id']);
}

export async function moveTo(url: string, AccountId: string, unit: string): Promise<void> {
  const SourceParentId = await rootOf(url);
  await call(url, 'MoveAccount', { AccountId, SourceParentId, DestinationParentId: unit });
}

/** Calls Organizations without a client: moto looks at no signature, but takes the service from it. */
export async function call(
  url: string,
  name: string,
  input: object,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSOrganizationsV20161128.${name}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=key/20260101/us-east-1/organizations/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${name}: ${text}`);
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}
