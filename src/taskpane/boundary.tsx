/** Keeps a broken view from blanking the pane: shows that it broke, and offers to show the view again. */
import { Component, type ReactNode } from "react";
import { BrokenView } from "./broken-view";

interface Props {
  readonly children: ReactNode;
}

export class Boundary extends Component<Props, { readonly error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return <BrokenView error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}
