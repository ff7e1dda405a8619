"""What helpers at a station see and do: whom they help, questions read out, the hotline."""
