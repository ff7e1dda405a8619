"""A ticket of the city's other doors (12345, 企业服务云) in a case: offered by a desk, taken in by its owner."""
