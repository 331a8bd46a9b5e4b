import { Link } from "@fluentui/react-components";
import type { Place } from "../host/workbook";
import { reference } from "../host/address";
import { usePane } from "./context";

/** A place in the workbook; a click goes there. */
export function PlaceLink({ place }: { readonly place: Place }) {
  const { host } = usePane();
  return (
    <Link as="button" onClick={() => void host?.jump(place)}>
      {reference(place)}
    </Link>
  );
}
