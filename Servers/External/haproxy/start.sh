# Starts both, and ends both when it is told to stop or when one of them ends.
nginx -e stderr -p "$1" -c "$1/nginx.conf" &
nginx=$!
haproxy -f "$1/haproxy.cfg" &
haproxy=$!
trap 'kill $nginx $haproxy; wait; exit 0' TERM INT
wait $haproxy
kill $nginx
