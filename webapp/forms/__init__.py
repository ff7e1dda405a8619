"""Forms by audience: the shape of what people send is checked here, rules that need data stay in the domain."""
